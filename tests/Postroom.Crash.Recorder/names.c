/* The calls on names: open, rename, unlink, link, folders; and the ones that the state builder cannot replay. */
#include "recorder.h"

static int open_path(int folder, const char *path, int flags, mode_t mode) {
    char full[PATH_MAX];
    if (!watched_path(folder, path, full)) return (int)syscall(SYS_openat, folder, path, flags, mode);
    struct stat facts;
    int existed = fstatat(AT_FDCWD, full, &facts, 0) == 0;
    struct record record = {.operation = OPERATION_OPEN, .open_flags = (uint32_t)flags};
    log_begin(&record, full, NULL, NULL, 0);
    int result;
    if (!existed && (flags & O_CREAT) && disk_is_full()) {
        errno = ENOSPC;
        result = -1;
    } else {
        result = (int)syscall(SYS_openat, folder, path, flags, mode);
    }
    int error = errno;
    uint8_t marks = 0;
    uint32_t handle = 0;
    if (result >= 0) {
        if (!existed) marks |= MARK_CREATED;
        if (fstat(result, &facts) == 0 && S_ISDIR(facts.st_mode)) marks |= MARK_FOLDER;
        if (flags & (O_SYNC | O_DSYNC)) marks |= MARK_WRITE_THROUGH;
        handle = watch_descriptor(result, full, marks);
    }
    log_end(&record, result, error, marks, handle);
    errno = error;
    return result;
}

static mode_t mode_of(int flags, va_list arguments) {
    return (flags & O_CREAT) || (flags & O_TMPFILE) == O_TMPFILE ? va_arg(arguments, mode_t) : 0;
}

#define WITH_MODE(flags, mode)                 \
    va_list arguments;                         \
    va_start(arguments, flags);                \
    mode_t mode = mode_of(flags, arguments);   \
    va_end(arguments)

int open(const char *path, int flags, ...) {
    WITH_MODE(flags, mode);
    return open_path(AT_FDCWD, path, flags, mode);
}

int open64(const char *path, int flags, ...) {
    WITH_MODE(flags, mode);
    return open_path(AT_FDCWD, path, flags, mode);
}

int openat(int folder, const char *path, int flags, ...) {
    WITH_MODE(flags, mode);
    return open_path(folder, path, flags, mode);
}

int openat64(int folder, const char *path, int flags, ...) {
    WITH_MODE(flags, mode);
    return open_path(folder, path, flags, mode);
}

int creat(const char *path, mode_t mode) { return open_path(AT_FDCWD, path, O_CREAT | O_WRONLY | O_TRUNC, mode); }
int creat64(const char *path, mode_t mode) { return creat(path, mode); }

/* Both names are in the log even when only one of them is watched; the builder refuses such a move. */
static int with_two_names(enum operation operation, int from_folder, const char *from, int to_folder, const char *to,
                          int flags) {
    char source[PATH_MAX] = "", target[PATH_MAX] = "";
    int watched = watched_path(from_folder, from, source) | watched_path(to_folder, to, target);
    long call = operation == OPERATION_RENAME ? SYS_renameat2 : SYS_linkat;
    if (!watched) return (int)syscall(call, from_folder, from, to_folder, to, flags);
    struct record record = {.operation = (uint16_t)operation, .open_flags = (uint32_t)flags};
    log_begin(&record, source, target, NULL, 0);
    int result = (int)syscall(call, from_folder, from, to_folder, to, flags);
    log_end(&record, result, errno, 0, 0);
    return result;
}

int rename(const char *from, const char *to) {
    return with_two_names(OPERATION_RENAME, AT_FDCWD, from, AT_FDCWD, to, 0);
}

int renameat(int from_folder, const char *from, int to_folder, const char *to) {
    return with_two_names(OPERATION_RENAME, from_folder, from, to_folder, to, 0);
}

int renameat2(int from_folder, const char *from, int to_folder, const char *to, unsigned int flags) {
    return with_two_names(OPERATION_RENAME, from_folder, from, to_folder, to, (int)flags);
}

int link(const char *from, const char *to) { return with_two_names(OPERATION_LINK, AT_FDCWD, from, AT_FDCWD, to, 0); }

int linkat(int from_folder, const char *from, int to_folder, const char *to, int flags) {
    return with_two_names(OPERATION_LINK, from_folder, from, to_folder, to, flags);
}

static int remove_name(int folder, const char *path, int flags) {
    char full[PATH_MAX];
    if (!watched_path(folder, path, full)) return (int)syscall(SYS_unlinkat, folder, path, flags);
    struct record record = {.operation = flags & AT_REMOVEDIR ? OPERATION_REMOVE_FOLDER : OPERATION_UNLINK};
    log_begin(&record, full, NULL, NULL, 0);
    int result = (int)syscall(SYS_unlinkat, folder, path, flags);
    log_end(&record, result, errno, 0, 0);
    return result;
}

int unlink(const char *path) { return remove_name(AT_FDCWD, path, 0); }
int unlinkat(int folder, const char *path, int flags) { return remove_name(folder, path, flags); }
int rmdir(const char *path) { return remove_name(AT_FDCWD, path, AT_REMOVEDIR); }

int mkdirat(int folder, const char *path, mode_t mode) {
    char full[PATH_MAX];
    if (!watched_path(folder, path, full)) return (int)syscall(SYS_mkdirat, folder, path, mode);
    struct record record = {.operation = OPERATION_MAKE_FOLDER};
    log_begin(&record, full, NULL, NULL, 0);
    int result = (int)syscall(SYS_mkdirat, folder, path, mode);
    log_end(&record, result, errno, 0, 0);
    return result;
}

int mkdir(const char *path, mode_t mode) { return mkdirat(AT_FDCWD, path, mode); }

static void note_unsupported(int descriptor, const char *call) {
    struct watched_file *file = watched_file(descriptor);
    if (!file) return;
    struct record record = {.operation = OPERATION_UNSUPPORTED, .handle = atomic_load(&file->handle)};
    log_begin(&record, call, NULL, NULL, 0);
    log_end(&record, 0, 0, 0, record.handle);
}

ssize_t sendfile(int to, int from, off_t *offset, size_t count) {
    note_unsupported(to, "sendfile");
    return syscall(SYS_sendfile, to, from, offset, count);
}

ssize_t sendfile64(int to, int from, off64_t *offset, size_t count) { return sendfile(to, from, offset, count); }

ssize_t copy_file_range(int from, off64_t *from_offset, int to, off64_t *to_offset, size_t count, unsigned int flags) {
    note_unsupported(to, "copy_file_range");
    return syscall(SYS_copy_file_range, from, from_offset, to, to_offset, count, flags);
}

int truncate(const char *path, off_t length) {
    int descriptor = open_path(AT_FDCWD, path, O_WRONLY | O_CLOEXEC, 0);
    if (descriptor < 0) return -1;
    int result = ftruncate(descriptor, length), error = errno;
    close(descriptor);
    errno = error;
    return result;
}

int truncate64(const char *path, off64_t length) { return truncate(path, length); }
