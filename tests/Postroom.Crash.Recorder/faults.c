/*
 * Faults on watched files only. A control file switches a fault on and off while the process runs.
 *
 * POSTROOM_FAULT_DROP_SYNC=1       fsync answers 0 and does nothing
 * POSTROOM_FAULT_DROP_SYNC_IN=part but only of files and folders whose path holds this
 * POSTROOM_FAULT_SYNC=n            the n-th fsync fails with EIO, the ones after it succeed, as Linux does it
 * POSTROOM_FAULT_SYNC_ON=suffix    counts only fsyncs of files whose path ends so
 * POSTROOM_FAULT_SYNC_WHILE=path   counts only while this file exists
 * POSTROOM_FAULT_FULL_WHILE=path   while this file exists, a write that would grow a file fails with ENOSPC
 * POSTROOM_FAULT_FULL_AFTER=bytes  but only after files grew by this much while it existed
 * POSTROOM_FAULT_FULL_FROM=n       and only from the n-th write on while it existed
 */
#include "recorder.h"

static int drop_sync;
static uint64_t failing_sync;
static const char *dropping_part, *failing_suffix, *failing_while, *full_while;
static uint64_t full_after, full_from;
static _Atomic uint64_t syncs, writes, grown;

static uint64_t number(const char *name) {
    const char *text = getenv(name);
    return text ? strtoull(text, NULL, 10) : 0;
}

void read_faults(void) {
    drop_sync = number("POSTROOM_FAULT_DROP_SYNC") != 0;
    dropping_part = getenv("POSTROOM_FAULT_DROP_SYNC_IN");
    failing_sync = number("POSTROOM_FAULT_SYNC");
    failing_suffix = getenv("POSTROOM_FAULT_SYNC_ON");
    failing_while = getenv("POSTROOM_FAULT_SYNC_WHILE");
    full_while = getenv("POSTROOM_FAULT_FULL_WHILE");
    full_after = number("POSTROOM_FAULT_FULL_AFTER");
    full_from = number("POSTROOM_FAULT_FULL_FROM");
}

static int exists(const char *path) {
    int kept = errno;
    int found = syscall(SYS_faccessat, AT_FDCWD, path, F_OK) == 0;
    errno = kept;
    return found;
}

int fails_on_sync(const char *path) {
    if (!failing_sync) return 0;
    if (!failing_suffix) return 1;
    size_t length = strlen(path), suffix = strlen(failing_suffix);
    return length >= suffix && strcmp(path + length - suffix, failing_suffix) == 0;
}

int drops_on_sync(const char *path) {
    return drop_sync && (!dropping_part || strstr(path, dropping_part) != NULL);
}

int sync_fails(const struct watched_file *file) {
    if (!file->sync_fails || (failing_while && !exists(failing_while))) return 0;
    return atomic_fetch_add(&syncs, 1) + 1 == failing_sync;
}

int disk_is_full(void) {
    return full_while && exists(full_while) && atomic_load(&grown) >= full_after && atomic_load(&writes) >= full_from;
}

/* How many of the bytes fit: all when nothing is wrong; on a full disk only those inside the file's present size. */
size_t room_for(int descriptor, uint64_t offset, size_t count) {
    if (!full_while || !exists(full_while)) return count;
    struct stat facts;
    if (fstat(descriptor, &facts) < 0) return count;
    uint64_t size = (uint64_t)facts.st_size, end = offset + count;
    uint64_t growth = end > size ? end - size : 0;
    uint64_t nth = atomic_fetch_add(&writes, 1) + 1;
    if (growth == 0 || nth < full_from) return count;
    uint64_t before = atomic_fetch_add(&grown, growth);
    uint64_t left = before < full_after ? full_after - before : 0;
    if (growth <= left) return count;
    uint64_t refused = growth - left;
    return refused >= count ? 0 : count - (size_t)refused;
}
