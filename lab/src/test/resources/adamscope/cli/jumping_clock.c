/* A clock that is set back and forth by a day, again and again, to be loaded before libc; the clocks that nobody can set
 * stay as they are. */
#define _GNU_SOURCE
#include <stdatomic.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <time.h>
#include <unistd.h>

static atomic_long asked;

static long off(void) {
    return (atomic_fetch_add(&asked, 1) / 3 % 3 - 1) * 86400L;
}

int clock_gettime(clockid_t clock, struct timespec *time) {
    int code = syscall(SYS_clock_gettime, clock, time);
    if (code == 0 && clock == CLOCK_REALTIME) {
        time->tv_sec += off();
    }
    return code;
}

int gettimeofday(struct timeval *restrict time, void *restrict zone) {
    int code = syscall(SYS_gettimeofday, time, zone);
    if (code == 0 && time) {
        time->tv_sec += off();
    }
    return code;
}
