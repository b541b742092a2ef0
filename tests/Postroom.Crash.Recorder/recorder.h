/*
 * Records what a process asks of the files under one folder, in one global order.
 *
 * Every call leaves two records, one before it enters the kernel and one after it came back, appended to the log with
 * one writev each: the log is then an order of events in which a crash may be placed between any two.
 * An appended record is in the page cache, so it outlives the process, SIGKILL included.
 */
#ifndef POSTROOM_RECORDER_H
#define POSTROOM_RECORDER_H

#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <time.h>
#include <unistd.h>

enum operation {
    OPERATION_OPEN = 1,
    OPERATION_CLOSE = 2,
    OPERATION_WRITE = 3,
    OPERATION_TRUNCATE = 4,
    OPERATION_ALLOCATE = 5,
    OPERATION_SYNC = 6,
    OPERATION_RENAME = 7,
    OPERATION_UNLINK = 8,
    OPERATION_LINK = 9,
    OPERATION_MAKE_FOLDER = 10,
    OPERATION_REMOVE_FOLDER = 11,
    OPERATION_MAP = 12,
    OPERATION_UNSUPPORTED = 13,
};

enum phase { PHASE_BEGIN = 1, PHASE_END = 2 };

enum mark {
    MARK_DROPPED = 1,       /* an fsync that was answered without being done */
    MARK_CREATED = 2,       /* the open made a new file */
    MARK_FOLDER = 4,        /* the opened path is a folder */
    MARK_WRITE_THROUGH = 8, /* opened with O_SYNC or O_DSYNC */
    MARK_INJECTED = 16,     /* the error is ours, the kernel was not asked */
};

/* The head of a record; path, target and data follow. Little-endian, no padding. */
struct record {
    uint32_t magic;
    uint32_t total;
    uint64_t call;
    uint64_t nanoseconds;
    uint64_t offset;
    int64_t result;
    uint32_t process;
    uint32_t handle;
    uint16_t operation;
    uint8_t phase;
    uint8_t marks;
    int32_t error;
    uint32_t open_flags;
    uint32_t path_length;
    uint32_t target_length;
    uint32_t data_length;
};

_Static_assert(sizeof(struct record) == 72, "the reader of the log counts on this layout");

#define RECORD_MAGIC 0x504f5354u

/* What is known of an open file descriptor; handle 0 = not watched. */
struct watched_file {
    _Atomic uint32_t handle;
    uint8_t marks;
    uint8_t sync_fails; /* its name matches the fault that is switched on */
    uint8_t sync_drops; /* its syncs answer 0 and do nothing */
};

/* log.c */
int recorder_ready(void);
uint64_t log_begin(struct record *record, const char *path, const char *target, const struct iovec *data, int count);
void log_end(const struct record *begun, int64_t result, int error, uint8_t marks, uint32_t handle);

/* paths.c */
void watch_folder(const char *folder);
int watched_path(int folder, const char *path, char out[PATH_MAX]);
struct watched_file *watched_file(int descriptor);
uint32_t watch_descriptor(int descriptor, const char *path, uint8_t marks);
void watch_duplicate(int from, int to);
void forget_descriptor(int descriptor);

/* faults.c */
void read_faults(void);
int fails_on_sync(const char *path);
int drops_on_sync(const char *path);
int sync_fails(const struct watched_file *file);
size_t room_for(int descriptor, uint64_t offset, size_t count);
int disk_is_full(void);

#endif
