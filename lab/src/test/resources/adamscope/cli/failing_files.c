/* A file system that fails, to be loaded before libc: of the calls on paths and descriptors below a folder the n-th goes
 * wrong. fail_arm begins a count, fail_calls tells it, fail_call names a call.
 *
 * full, readonly: it and all later calls that need room fail with ENOSPC, EROFS; eio, eacces: it alone fails so; short: it moves half;
 * dead: it and all later calls fail, as after kill -9 nothing reaches the disk any more; kill: kill -9 itself; torn: likewise from a rename on
 * that leaves half a file; vanish: before it the folder is moved to FOLDER.gone; absent: a name that is there is not
 * seen, as on a network file system by a machine that looked before: an open says ENOENT, a listing leaves it out.
 */
#define _GNU_SOURCE
#include <dirent.h>
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <unistd.h>
#include <limits.h>

enum { ROOM = 1, WRITE = 2, READ = 4, RENAME = 8, NAME = 16, ENTRY = 32 };
enum { GO = 0, FAIL = 1, HALF = 2, TORN = 3, LACK = 4 };
#define DESCRIPTORS 65536

#define CALLS 16384
static char under[PATH_MAX], how[16], names[CALLS][160];
static long at;
static size_t length;
static atomic_long calls;
static atomic_int full, dead;
static char mine[DESCRIPTORS];

void fail_arm(const char *folder, long n, const char *fault) {
    snprintf(under, sizeof under, "%s", folder);
    snprintf(how, sizeof how, "%s", fault);
    length = strlen(under);
    at = n;
    atomic_store(&full, 0);
    atomic_store(&dead, 0);
    atomic_store(&calls, 0);
}

/* A process that is to be killed has nobody to arm it: FAIL_FOLDER, FAIL_CALL, FAIL_HOW of the environment do. */
__attribute__((constructor)) static void arm_by_environment(void) {
    const char *folder = getenv("FAIL_FOLDER"), *n = getenv("FAIL_CALL"), *fault = getenv("FAIL_HOW");
    if (folder && n && fault) fail_arm(folder, atol(n), fault);
}

long fail_calls(void) { return atomic_load(&calls); }
const char *fail_call(long n) { return n > 0 && n <= CALLS ? names[n - 1] : ""; }

static int below(const char *path) {
    return length && path && strncmp(path, under, length) == 0 && (path[length] == 0 || path[length] == '/' );
}

static int below_at(int folder, const char *path) {
    if (!length || !path) return 0;
    if (path[0] == '/') return below(path);
    char link[64], place[PATH_MAX];
    if (folder == AT_FDCWD) strcpy(link, "/proc/self/cwd");
    else snprintf(link, sizeof link, "/proc/self/fd/%d", folder);
    long n = syscall(SYS_readlinkat, AT_FDCWD, link, place, sizeof place - 1);
    if (n < 0) return 0;
    place[n] = 0;
    return below(place);
}

static int is_mine(int descriptor) {
    return descriptor >= 0 && descriptor < DESCRIPTORS && mine[descriptor];
}

static int note(int descriptor, int counted) {
    if (descriptor >= 0 && descriptor < DESCRIPTORS) mine[descriptor] = (char) counted;
    return descriptor;
}

/* What becomes of this call. */
static int call(const char *name, const char *path, int kind) {
    long n = atomic_fetch_add(&calls, 1) + 1;
    if (n <= CALLS) snprintf(names[n - 1], sizeof names[0], "%s %s", name, path ? path + length : "");
    if (atomic_load(&dead)) { errno = EIO; return FAIL; }
    if (atomic_load(&full) && (kind & ROOM)) { errno = atomic_load(&full); return FAIL; }
    if (n != at) return GO;
    if (!strcmp(how, "kill")) kill(getpid(), SIGKILL);
    if (!strcmp(how, "dead")) { atomic_store(&dead, 1); errno = EIO; return FAIL; }
    if (!strcmp(how, "full") || !strcmp(how, "readonly")) {
        atomic_store(&full, how[0] == 'f' ? ENOSPC : EROFS);
        if (kind & ROOM) { errno = atomic_load(&full); return FAIL; }
        return GO;
    }
    if (!strcmp(how, "eio")) { errno = EIO; return FAIL; }
    if (!strcmp(how, "eacces")) { errno = EACCES; return FAIL; }
    if (!strcmp(how, "absent") && (kind & NAME)) { errno = ENOENT; return FAIL; }
    if (!strcmp(how, "absent")) return kind & ENTRY ? LACK : GO;
    if (!strcmp(how, "short")) return kind & (WRITE | READ) ? HALF : GO;
    if (!strcmp(how, "torn")) return kind & RENAME ? TORN : GO;
    if (!strcmp(how, "vanish")) {
        char gone[PATH_MAX + 8];
        snprintf(gone, sizeof gone, "%s.gone", under);
        syscall(SYS_renameat2, AT_FDCWD, under, AT_FDCWD, gone, 0);
    }
    return GO;
}

#define REAL(name) ((__typeof__(name) *) real(#name))
static void *real(const char *name) { return dlsym(RTLD_NEXT, name); }

static int opened(int folder, const char *path, int flags, mode_t mode) {
    int counted = below_at(folder, path);
    int made = flags & (O_CREAT | O_TRUNC);
    if (counted && call(made ? "create" : "open", path, flags & O_CREAT ? ROOM : made ? ROOM | NAME : NAME) == FAIL) return -1;
    return note((int) syscall(SYS_openat, folder, path, flags, mode), counted);
}

#define MODE(flags) mode_t mode = 0; if ((flags) & (O_CREAT | __O_TMPFILE)) { va_list a; va_start(a, flags); mode = va_arg(a, mode_t); va_end(a); }
int open(const char *path, int flags, ...) { MODE(flags) return opened(AT_FDCWD, path, flags, mode); }
int open64(const char *path, int flags, ...) { MODE(flags) return opened(AT_FDCWD, path, flags, mode); }
int openat(int folder, const char *path, int flags, ...) { MODE(flags) return opened(folder, path, flags, mode); }
int openat64(int folder, const char *path, int flags, ...) { MODE(flags) return opened(folder, path, flags, mode); }
int creat(const char *path, mode_t mode) { return opened(AT_FDCWD, path, O_CREAT | O_WRONLY | O_TRUNC, mode); }

int close(int descriptor) { note(descriptor, 0); return (int) syscall(SYS_close, descriptor); }
int dup2(int from, int to) { int r = REAL(dup2)(from, to); if (r >= 0) note(to, is_mine(from)); return r; }

#define MOVED(name, count, kind, rest) \
    int fate = is_mine(descriptor) ? call(name, 0, kind) : GO; \
    if (fate == FAIL) return -1; \
    if (fate == HALF && (count) > 1) (count) = (count) / 2; \
    rest

ssize_t write(int descriptor, const void *from, size_t count) { MOVED("write", count, ROOM | WRITE, return syscall(SYS_write, descriptor, from, count);) }
ssize_t pwrite(int descriptor, const void *from, size_t count, off_t place) { MOVED("pwrite", count, ROOM | WRITE, return syscall(SYS_pwrite64, descriptor, from, count, place);) }
ssize_t pwrite64(int descriptor, const void *from, size_t count, off64_t place) { MOVED("pwrite", count, ROOM | WRITE, return syscall(SYS_pwrite64, descriptor, from, count, place);) }
ssize_t writev(int descriptor, const struct iovec *from, int count) {
    int fate = is_mine(descriptor) ? call("writev", 0, ROOM | WRITE) : GO;
    if (fate == FAIL) return -1;
    if (fate == HALF) return syscall(SYS_write, descriptor, from[0].iov_base, from[0].iov_len > 1 ? from[0].iov_len / 2 : from[0].iov_len);
    return syscall(SYS_writev, descriptor, from, count);
}
ssize_t read(int descriptor, void *to, size_t count) { MOVED("read", count, READ, return syscall(SYS_read, descriptor, to, count);) }
ssize_t pread(int descriptor, void *to, size_t count, off_t place) { MOVED("pread", count, READ, return syscall(SYS_pread64, descriptor, to, count, place);) }
ssize_t pread64(int descriptor, void *to, size_t count, off64_t place) { MOVED("pread", count, READ, return syscall(SYS_pread64, descriptor, to, count, place);) }

#define PLAIN(name, kind, rest) if (is_mine(descriptor) && call(name, 0, kind) == FAIL) return -1; rest
int fsync(int descriptor) { PLAIN("fsync", ROOM, return (int) syscall(SYS_fsync, descriptor);) }
int fdatasync(int descriptor) { PLAIN("fdatasync", ROOM, return (int) syscall(SYS_fdatasync, descriptor);) }
int ftruncate(int descriptor, off_t size) { PLAIN("ftruncate", ROOM, return (int) syscall(SYS_ftruncate, descriptor, size);) }
int ftruncate64(int descriptor, off64_t size) { PLAIN("ftruncate", ROOM, return (int) syscall(SYS_ftruncate, descriptor, size);) }

static int renamed(int a, const char *from, int b, const char *to, unsigned flags) {
    if (below_at(a, from) || below_at(b, to)) {
        int fate = call("rename", to, ROOM | RENAME);
        if (fate == FAIL) return -1;
        if (fate == TORN) {
            struct stat s;
            if (syscall(SYS_renameat2, a, from, b, to, flags) == 0 && stat(to, &s) == 0 && S_ISREG(s.st_mode)) syscall(SYS_truncate, to, s.st_size / 2);
            atomic_store(&dead, 1);
            errno = EIO;
            return -1;
        }
    }
    return (int) syscall(SYS_renameat2, a, from, b, to, flags);
}
int rename(const char *from, const char *to) { return renamed(AT_FDCWD, from, AT_FDCWD, to, 0); }
int renameat(int a, const char *from, int b, const char *to) { return renamed(a, from, b, to, 0); }
int renameat2(int a, const char *from, int b, const char *to, unsigned flags) { return renamed(a, from, b, to, flags); }

#define NAMED(name, kind, rest) if (below_at(AT_FDCWD, path) && call(name, path, kind) == FAIL) return -1; rest
int unlink(const char *path) { NAMED("unlink", 0, return (int) syscall(SYS_unlinkat, AT_FDCWD, path, 0);) }
int rmdir(const char *path) { NAMED("rmdir", 0, return (int) syscall(SYS_unlinkat, AT_FDCWD, path, AT_REMOVEDIR);) }
int mkdir(const char *path, mode_t mode) { NAMED("mkdir", ROOM, return (int) syscall(SYS_mkdirat, AT_FDCWD, path, mode);) }
int unlinkat(int folder, const char *path, int flags) {
    if (below_at(folder, path) && call("unlinkat", path, 0) == FAIL) return -1;
    return (int) syscall(SYS_unlinkat, folder, path, flags);
}

DIR *opendir(const char *path) {
    int counted = below_at(AT_FDCWD, path);
    if (counted && call("opendir", path, NAME) == FAIL) return 0;
    DIR *folder = REAL(opendir)(path);
    if (folder) note(dirfd(folder), counted);
    return folder;
}
int closedir(DIR *folder) { note(dirfd(folder), 0); return REAL(closedir)(folder); }

/* Reads on where an entry is left out; the end of a listing is no call that can fail. */
#define LISTED(name, type) \
    for (;;) { \
        struct type *entry = REAL(name)(folder); \
        if (!entry || !strcmp(entry->d_name, ".") || !strcmp(entry->d_name, "..")) return entry; \
        int fate = is_mine(dirfd(folder)) ? call("readdir", 0, ENTRY) : GO; \
        if (fate == FAIL) return 0; \
        if (fate != LACK) return entry; \
    }
struct dirent *readdir(DIR *folder) { LISTED(readdir, dirent) }
struct dirent64 *readdir64(DIR *folder) { LISTED(readdir64, dirent64) }
