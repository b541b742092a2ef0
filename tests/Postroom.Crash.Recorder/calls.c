/* The calls on open files: write, truncate, allocate, sync, close, duplicate, map. */
#include "recorder.h"

enum { MOST_PIECES = 256 };

static uint64_t place_of_write(int descriptor) {
    int flags = (int)syscall(SYS_fcntl, descriptor, F_GETFL);
    struct stat facts;
    if ((flags & O_APPEND) && fstat(descriptor, &facts) == 0) return (uint64_t)facts.st_size;
    return (uint64_t)syscall(SYS_lseek, descriptor, 0, SEEK_CUR);
}

/* at < 0: at the descriptor's own place, which moves on. */
static ssize_t write_watched(struct watched_file *file, int descriptor, const struct iovec *pieces, int count,
                             int64_t at) {
    struct iovec kept[MOST_PIECES];
    if (count > MOST_PIECES) count = MOST_PIECES; /* a short write, which every caller must handle */
    uint64_t offset = at < 0 ? place_of_write(descriptor) : (uint64_t)at;
    size_t wanted = 0;
    for (int i = 0; i < count; i++) wanted += pieces[i].iov_len;
    size_t left = room_for(descriptor, offset, wanted);
    int fits = left > 0 || wanted == 0;
    for (int i = 0; i < count; i++) {
        kept[i].iov_base = pieces[i].iov_base;
        kept[i].iov_len = pieces[i].iov_len < left ? pieces[i].iov_len : left;
        left -= kept[i].iov_len;
    }
    uint32_t handle = atomic_load(&file->handle);
    struct record record = {.operation = OPERATION_WRITE, .offset = offset, .handle = handle, .marks = file->marks};
    log_begin(&record, NULL, NULL, kept, fits ? count : 0);
    ssize_t result;
    if (!fits) {
        errno = ENOSPC;
        result = -1;
    } else if (at < 0) {
        result = syscall(SYS_writev, descriptor, kept, count);
    } else {
        result = syscall(SYS_pwritev, descriptor, kept, count, at, 0L);
    }
    log_end(&record, result, errno, fits ? 0 : MARK_INJECTED, handle);
    return result;
}

ssize_t write(int descriptor, const void *data, size_t count) {
    struct watched_file *file = watched_file(descriptor);
    if (!file) return syscall(SYS_write, descriptor, data, count);
    struct iovec piece = {(void *)data, count};
    return write_watched(file, descriptor, &piece, 1, -1);
}

ssize_t writev(int descriptor, const struct iovec *pieces, int count) {
    struct watched_file *file = watched_file(descriptor);
    if (!file) return syscall(SYS_writev, descriptor, pieces, count);
    return write_watched(file, descriptor, pieces, count, -1);
}

ssize_t pwrite(int descriptor, const void *data, size_t count, off_t offset) {
    struct watched_file *file = watched_file(descriptor);
    if (!file) return syscall(SYS_pwrite64, descriptor, data, count, offset);
    struct iovec piece = {(void *)data, count};
    return write_watched(file, descriptor, &piece, 1, offset);
}

ssize_t pwritev(int descriptor, const struct iovec *pieces, int count, off_t offset) {
    struct watched_file *file = watched_file(descriptor);
    if (!file) return syscall(SYS_pwritev, descriptor, pieces, count, offset, 0L);
    return write_watched(file, descriptor, pieces, count, offset);
}

ssize_t pwrite64(int descriptor, const void *data, size_t count, off64_t offset) {
    return pwrite(descriptor, data, count, offset);
}

ssize_t pwritev64(int descriptor, const struct iovec *pieces, int count, off64_t offset) {
    return pwritev(descriptor, pieces, count, offset);
}

static struct record begin_on(struct watched_file *file, enum operation operation, uint64_t offset) {
    struct record record = {.operation = (uint16_t)operation, .offset = offset, .marks = file->marks};
    record.handle = atomic_load(&file->handle);
    log_begin(&record, NULL, NULL, NULL, 0);
    return record;
}

int ftruncate(int descriptor, off_t length) {
    struct watched_file *file = watched_file(descriptor);
    if (!file) return (int)syscall(SYS_ftruncate, descriptor, length);
    struct record record = begin_on(file, OPERATION_TRUNCATE, (uint64_t)length);
    int result = (int)syscall(SYS_ftruncate, descriptor, length);
    log_end(&record, result, errno, 0, record.handle);
    return result;
}

int ftruncate64(int descriptor, off64_t length) { return ftruncate(descriptor, length); }

static int allocate(int descriptor, int mode, off_t offset, off_t length) {
    struct watched_file *file = watched_file(descriptor);
    if (!file) return (int)syscall(SYS_fallocate, descriptor, mode, offset, length);
    enum operation operation = mode == 0 || mode == FALLOC_FL_KEEP_SIZE ? OPERATION_ALLOCATE : OPERATION_UNSUPPORTED;
    /* Only the size matters to a crash state: offset holds the size that the file has at least from now on. */
    struct record record = begin_on(file, operation, mode == 0 ? (uint64_t)(offset + length) : 0);
    int full = disk_is_full();
    int result = -1;
    if (full) errno = ENOSPC;
    else result = (int)syscall(SYS_fallocate, descriptor, mode, offset, length);
    log_end(&record, result, errno, full ? MARK_INJECTED : 0, record.handle);
    return result;
}

int fallocate(int descriptor, int mode, off_t offset, off_t length) {
    return allocate(descriptor, mode, offset, length);
}

int fallocate64(int descriptor, int mode, off64_t offset, off64_t length) {
    return allocate(descriptor, mode, offset, length);
}

int posix_fallocate(int descriptor, off_t offset, off_t length) {
    int kept = errno;
    int error = allocate(descriptor, 0, offset, length) == 0 ? 0 : errno; /* it returns the error and leaves errno */
    errno = kept;
    return error;
}

int posix_fallocate64(int descriptor, off64_t offset, off64_t length) {
    return posix_fallocate(descriptor, offset, length);
}

static int sync_file(int descriptor, long call) {
    struct watched_file *file = watched_file(descriptor);
    if (!file) return (int)syscall(call, descriptor);
    struct record record = begin_on(file, OPERATION_SYNC, 0);
    int result = 0;
    uint8_t marks = 0;
    if (sync_fails(file)) {
        marks = MARK_INJECTED;
        errno = EIO;
        result = -1;
    } else if (file->sync_drops) {
        marks = MARK_DROPPED;
    } else {
        result = (int)syscall(call, descriptor);
    }
    log_end(&record, result, errno, marks, record.handle);
    return result;
}

int fsync(int descriptor) { return sync_file(descriptor, SYS_fsync); }
int fdatasync(int descriptor) { return sync_file(descriptor, SYS_fdatasync); }

int close(int descriptor) {
    struct watched_file *file = watched_file(descriptor);
    if (file) {
        struct record record = begin_on(file, OPERATION_CLOSE, 0);
        forget_descriptor(descriptor); /* before the number can be given to another file */
        int result = (int)syscall(SYS_close, descriptor);
        log_end(&record, result, errno, 0, record.handle);
        return result;
    }
    return (int)syscall(SYS_close, descriptor);
}

int dup(int descriptor) {
    int result = (int)syscall(SYS_dup, descriptor);
    watch_duplicate(descriptor, result);
    return result;
}

int dup3(int from, int to, int flags) {
    int result = (int)syscall(SYS_dup3, from, to, flags);
    watch_duplicate(from, result);
    return result;
}

int dup2(int from, int to) { return from == to ? to : dup3(from, to, 0); }

void *mmap(void *address, size_t length, int protection, int flags, int descriptor, off_t offset) {
    struct watched_file *file = watched_file(descriptor);
    if (!file || !(protection & PROT_WRITE) || (flags & MAP_TYPE) == MAP_PRIVATE)
        return (void *)syscall(SYS_mmap, address, length, protection, flags, descriptor, offset);
    struct record record = begin_on(file, OPERATION_MAP, (uint64_t)offset);
    void *result = (void *)syscall(SYS_mmap, address, length, protection, flags, descriptor, offset);
    log_end(&record, result == MAP_FAILED ? -1 : 0, errno, 0, record.handle);
    return result;
}

void *mmap64(void *address, size_t length, int protection, int flags, int descriptor, off64_t offset) {
    return mmap(address, length, protection, flags, descriptor, offset);
}
