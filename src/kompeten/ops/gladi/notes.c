// Notes what a program does to files below one folder, so that a loss of power can be played
// afterwards (power.py reads the notes). Loaded with LD_PRELOAD; for Linux with 64 bits.
//
// Each call is made first and noted once it has succeeded. A note is one append, which the kernel does
// whole, so threads and processes share the file without a lock. A flush notes how long the notes
// were when it began: of what was written meanwhile nobody knows whether it went along.
#define _GNU_SOURCE
#include <fcntl.h>
#include <limits.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <unistd.h>

struct __attribute__((packed)) head {
    char kind;
    int64_t at;
    uint32_t path, content; // bytes of each, which follow
};

static int notes = -1;
static const char *folder;

__attribute__((constructor)) static void begin(void) {
    const char *file = getenv("GLADI_NOTES");
    folder = getenv("GLADI_FOLDER");
    if (file && folder)
        notes = syscall(SYS_openat, AT_FDCWD, file, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0600);
}

static void note(char kind, const char *path, int64_t at, const void *content, size_t length) {
    struct head head = {kind, at, strlen(path), length};
    struct iovec parts[] = {{&head, sizeof head}, {(void *)path, head.path}, {(void *)content, length}};
    if (syscall(SYS_writev, notes, parts, 3) != (ssize_t)(sizeof head + head.path + length)) abort();
}

static int64_t noted(void) {
    struct stat now;
    return fstat(notes, &now) ? 0 : now.st_size;
}

static int is_ours(const char *path) {
    size_t length = notes < 0 ? 0 : strlen(folder);
    return length && !strncmp(path, folder, length) && (path[length] == '/' || !path[length]);
}

// Writes the path of an open file; says whether it is below our folder.
static int is_open(int fd, char path[PATH_MAX]) {
    char link[32];
    if (notes < 0) return 0;
    snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
    ssize_t length = readlink(link, path, PATH_MAX - 1);
    path[length < 0 ? 0 : length] = 0;
    return is_ours(path);
}

static int opened(const char *path, int flags, mode_t mode) {
    int fd = syscall(SYS_openat, AT_FDCWD, path, flags, mode);
    char real[PATH_MAX];
    if (fd >= 0 && flags & (O_CREAT | O_TRUNC) && is_open(fd, real)) {
        note('c', real, 0, "", 0);
        if (flags & O_TRUNC) note('t', real, 0, "", 0);
    }
    return fd;
}

int open64(const char *path, int flags, ...) {
    va_list more;
    va_start(more, flags);
    mode_t mode = flags & (O_CREAT | O_TMPFILE) ? va_arg(more, mode_t) : 0;
    va_end(more);
    return opened(path, flags, mode);
}

ssize_t pwrite64(int fd, const void *content, size_t length, off_t at) {
    char path[PATH_MAX];
    ssize_t wrote = syscall(SYS_pwrite64, fd, content, length, at);
    if (wrote > 0 && is_open(fd, path)) note('w', path, at, content, wrote);
    return wrote;
}

ssize_t write(int fd, const void *content, size_t length) {
    char path[PATH_MAX];
    ssize_t wrote = syscall(SYS_write, fd, content, length);
    if (wrote > 0 && is_open(fd, path)) note('w', path, lseek(fd, 0, SEEK_CUR) - wrote, content, wrote);
    return wrote;
}

ssize_t writev(int fd, const struct iovec *parts, int count) {
    char path[PATH_MAX];
    if (!is_open(fd, path)) return syscall(SYS_writev, fd, parts, count);
    ssize_t whole = 0;
    for (int n = 0; n < count; n++) {
        ssize_t wrote = write(fd, parts[n].iov_base, parts[n].iov_len);
        if (wrote < 0) return whole ? whole : wrote;
        whole += wrote;
        if ((size_t)wrote < parts[n].iov_len) break;
    }
    return whole;
}

int ftruncate64(int fd, off_t size) {
    char path[PATH_MAX];
    int bad = syscall(SYS_ftruncate, fd, size);
    if (!bad && is_open(fd, path)) note('t', path, size, "", 0);
    return bad;
}

static int flushed(long call, int fd) {
    char path[PATH_MAX];
    int64_t before = notes < 0 ? 0 : noted();
    int bad = syscall(call, fd);
    if (!bad && is_open(fd, path)) note('f', path, before, "", 0);
    return bad;
}

int fsync(int fd) { return flushed(SYS_fsync, fd); }

int fdatasync(int fd) { return flushed(SYS_fdatasync, fd); }

int unlink(const char *path) {
    int bad = syscall(SYS_unlinkat, AT_FDCWD, path, 0);
    if (!bad && is_ours(path)) note('u', path, 0, "", 0);
    return bad;
}

int rename(const char *from, const char *to) {
    int bad = syscall(SYS_renameat2, AT_FDCWD, from, AT_FDCWD, to, 0);
    if (!bad && is_ours(from)) note('r', from, 0, to, strlen(to));
    return bad;
}

// The names that programs for 64 bits may use as well.
int open(const char *, int, ...) __attribute__((alias("open64")));
ssize_t pwrite(int, const void *, size_t, off_t) __attribute__((alias("pwrite64")));
int ftruncate(int, off_t) __attribute__((alias("ftruncate64")));
