/* The log: one append per record, so that its order is the order of the events. */
#include "recorder.h"

static int log_descriptor = -1;
static _Atomic uint64_t next_call = 1;

int recorder_ready(void) { return log_descriptor >= 0; }

static uint64_t now(void) {
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (uint64_t)time.tv_sec * 1000000000u + (uint64_t)time.tv_nsec;
}

static void append(struct iovec *pieces, int count) {
    int kept = errno;
    ssize_t written = syscall(SYS_writev, log_descriptor, pieces, count);
    size_t wanted = 0;
    for (int i = 0; i < count; i++) wanted += pieces[i].iov_len;
    if (written != (ssize_t)wanted) {
        static const char complaint[] = "recorder: the log cannot be written\n";
        (void)!write(STDERR_FILENO, complaint, sizeof complaint - 1);
        _exit(120); /* a log with holes would prove nothing */
    }
    errno = kept;
}

uint64_t log_begin(struct record *record, const char *path, const char *target, const struct iovec *data, int count) {
    enum { MOST_PIECES = 256 };
    struct iovec pieces[MOST_PIECES + 3];
    if (count > MOST_PIECES) count = MOST_PIECES; /* the caller writes no more than that in one call */
    record->magic = RECORD_MAGIC;
    record->call = atomic_fetch_add(&next_call, 1);
    record->process = (uint32_t)getpid();
    record->phase = PHASE_BEGIN;
    record->path_length = path ? (uint32_t)strlen(path) : 0;
    record->target_length = target ? (uint32_t)strlen(target) : 0;
    record->data_length = 0;
    pieces[0] = (struct iovec){record, sizeof *record};
    pieces[1] = (struct iovec){(void *)path, record->path_length};
    pieces[2] = (struct iovec){(void *)target, record->target_length};
    for (int i = 0; i < count; i++) {
        pieces[3 + i] = data[i];
        record->data_length += (uint32_t)data[i].iov_len;
    }
    record->total = (uint32_t)sizeof *record + record->path_length + record->target_length + record->data_length;
    record->nanoseconds = now();
    append(pieces, 3 + count);
    return record->call;
}

void log_end(const struct record *begun, int64_t result, int error, uint8_t marks, uint32_t handle) {
    struct record record = *begun;
    record.phase = PHASE_END;
    record.result = result;
    record.error = result < 0 ? error : 0;
    record.marks = marks;
    record.handle = handle;
    record.path_length = record.target_length = record.data_length = 0;
    record.total = sizeof record;
    record.nanoseconds = now();
    struct iovec piece = {&record, sizeof record};
    append(&piece, 1);
}

__attribute__((constructor)) static void start(void) {
    const char *folder = getenv("POSTROOM_RECORD_FOLDER");
    const char *log = getenv("POSTROOM_RECORD_LOG");
    if (!folder || !log) return;
    watch_folder(folder);
    read_faults();
    log_descriptor = (int)syscall(SYS_openat, AT_FDCWD, log, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
    if (log_descriptor < 0) _exit(121);
}
