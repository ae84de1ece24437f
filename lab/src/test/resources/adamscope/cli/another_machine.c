/* Another machine on a network file system, to be loaded before libc. MACHINE is its name. With MACHINE_LATE it sees what
 * others put into a folder only so many milliseconds later, in listings and by name. With MACHINE_LOCKS=alone it has its
 * locks for itself: each is granted, as by an NFS that is mounted with nolock.
 */
#define _GNU_SOURCE
#include <dirent.h>
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

#define MADE 65536
static ino_t made[MADE];
static int count;
static pthread_mutex_t one = PTHREAD_MUTEX_INITIALIZER;

static void make(ino_t file) {
    pthread_mutex_lock(&one);
    made[count++ % MADE] = file;
    pthread_mutex_unlock(&one);
}

static int is_own(ino_t file) {
    int own = 0;
    pthread_mutex_lock(&one);
    for (int i = 0; i < count && i < MADE && !own; i++) own = made[i] == file;
    pthread_mutex_unlock(&one);
    return own;
}

/* Whether this machine does not see a name yet. */
static int is_unseen(int folder, const char *name) {
    const char *late = getenv("MACHINE_LATE"), *below = getenv("MACHINE_FOLDER");
    struct stat s;
    struct timespec now;
    if (!late || !below) return 0;
    if (name[0] == '/' && strncmp(name, below, strlen(below))) return 0;
    if (!strcmp(name, ".") || !strcmp(name, "..") || !strcmp(name, below)) return 0;
    if (syscall(SYS_newfstatat, folder, name, &s, AT_SYMLINK_NOFOLLOW) || is_own(s.st_ino)) return 0;
    if (!S_ISREG(s.st_mode) && !S_ISDIR(s.st_mode)) return 0;
    clock_gettime(CLOCK_REALTIME, &now);
    return (now.tv_sec - s.st_ctim.tv_sec) * 1000 + (now.tv_nsec - s.st_ctim.tv_nsec) / 1000000 < atol(late);
}

static int opened(int folder, const char *name, int flags, mode_t mode) {
    struct stat s;
    const char *machine = getenv("MACHINE");
    if (machine && !strcmp(name, "/proc/sys/kernel/hostname")) {
        int f = memfd_create("hostname", 0);
        dprintf(f, "%s\n", machine);
        lseek(f, 0, SEEK_SET);
        return f;
    }
    if (!(flags & O_CREAT) && is_unseen(folder, name)) { errno = ENOENT; return -1; }
    int f = (int) syscall(SYS_openat, folder, name, flags, mode);
    if (f >= 0 && (flags & O_CREAT) && !fstat(f, &s) && S_ISREG(s.st_mode)) make(s.st_ino);
    return f;
}

#define MODE mode_t mode = 0; if (flags & (O_CREAT | __O_TMPFILE)) { va_list a; va_start(a, flags); mode = va_arg(a, mode_t); va_end(a); }
int open(const char *name, int flags, ...) { MODE return opened(AT_FDCWD, name, flags, mode); }
int open64(const char *name, int flags, ...) { MODE return opened(AT_FDCWD, name, flags, mode); }
int openat(int folder, const char *name, int flags, ...) { MODE return opened(folder, name, flags, mode); }
int openat64(int folder, const char *name, int flags, ...) { MODE return opened(folder, name, flags, mode); }

#define REAL(name) ((__typeof__(name) *) dlsym(RTLD_NEXT, #name))
#define LISTED(name, type) \
    struct type *entry; \
    do entry = REAL(name)(folder); while (entry && is_unseen(dirfd(folder), entry->d_name)); \
    return entry;
struct dirent *readdir(DIR *folder) { LISTED(readdir, dirent) }
struct dirent64 *readdir64(DIR *folder) { LISTED(readdir64, dirent64) }

int mkdir(const char *name, mode_t mode) {
    struct stat s;
    int r = (int) syscall(SYS_mkdirat, AT_FDCWD, name, mode);
    if (!syscall(SYS_newfstatat, AT_FDCWD, name, &s, 0)) make(s.st_ino); /* refused as it is there: now it is known */
    return r;
}

#define SEEN(folder) if (name[0] && is_unseen(folder, name)) { errno = ENOENT; return -1; }
int statx(int folder, const char *restrict name, int flags, unsigned mask, struct statx *restrict found) { SEEN(folder) return (int) syscall(SYS_statx, folder, name, flags, mask, found); }
int fstatat(int folder, const char *restrict name, struct stat *restrict found, int flags) { SEEN(folder) return (int) syscall(SYS_newfstatat, folder, name, found, flags); }
int fstatat64(int folder, const char *restrict name, struct stat64 *restrict found, int flags) { SEEN(folder) return (int) syscall(SYS_newfstatat, folder, name, found, flags); }
int stat(const char *restrict name, struct stat *restrict found) { return fstatat(AT_FDCWD, name, found, 0); }
int lstat(const char *restrict name, struct stat *restrict found) { return fstatat(AT_FDCWD, name, found, AT_SYMLINK_NOFOLLOW); }
int stat64(const char *restrict name, struct stat64 *restrict found) { return fstatat64(AT_FDCWD, name, found, 0); }
int lstat64(const char *restrict name, struct stat64 *restrict found) { return fstatat64(AT_FDCWD, name, found, AT_SYMLINK_NOFOLLOW); }
int access(const char *name, int mode) { SEEN(AT_FDCWD) return (int) syscall(SYS_faccessat, AT_FDCWD, name, mode); }

static int locked(const char *name, int file, int command, void *argument) {
    const char *locks = getenv("MACHINE_LOCKS");
    if (locks && (command == F_SETLK || command == F_SETLKW || command == F_OFD_SETLK)) return 0;
    return ((int (*)(int, int, ...)) dlsym(RTLD_NEXT, name))(file, command, argument);
}
int fcntl(int file, int command, ...) { va_list a; va_start(a, command); return locked("fcntl", file, command, va_arg(a, void *)); }
int fcntl64(int file, int command, ...) { va_list a; va_start(a, command); return locked("fcntl64", file, command, va_arg(a, void *)); }
