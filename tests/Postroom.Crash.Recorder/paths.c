/* Which paths and descriptors lie under the watched folder. */
#include "recorder.h"

enum { MOST_DESCRIPTORS = 65536 };

static char watched_folder[PATH_MAX];
static size_t watched_length;
static struct watched_file files[MOST_DESCRIPTORS];
static _Atomic uint32_t next_handle = 1;

void watch_folder(const char *folder) {
    watched_length = strlen(folder);
    if (watched_length >= PATH_MAX) _exit(122);
    memcpy(watched_folder, folder, watched_length + 1);
}

/* Removes empty, "." and ".." segments of an absolute path in place. */
static void normalise(char *path) {
    char *out = path;
    for (char *in = path; *in;) {
        while (*in == '/') in++;
        size_t length = strcspn(in, "/");
        if (length == 2 && in[0] == '.' && in[1] == '.') {
            while (out > path && *--out != '/') { }
        } else if (length > 0 && !(length == 1 && in[0] == '.')) {
            *out++ = '/';
            memmove(out, in, length);
            out += length;
        }
        in += length;
    }
    if (out == path) *out++ = '/';
    *out = 0;
}

static int absolute_path(int folder, const char *path, char out[PATH_MAX]) {
    size_t base = 0;
    if (path[0] != '/') {
        if (folder == AT_FDCWD) {
            if (syscall(SYS_getcwd, out, PATH_MAX) < 0) return 0;
            base = strlen(out);
        } else {
            char link[64];
            snprintf(link, sizeof link, "/proc/self/fd/%d", folder);
            ssize_t length = readlink(link, out, PATH_MAX - 1);
            if (length < 0) return 0;
            base = (size_t)length;
        }
        out[base++] = '/';
    }
    size_t length = strlen(path);
    if (base + length >= PATH_MAX) return 0;
    memcpy(out + base, path, length + 1);
    normalise(out);
    return 1;
}

int watched_path(int folder, const char *path, char out[PATH_MAX]) {
    if (!recorder_ready() || !path) return 0;
    int kept = errno;
    int found = absolute_path(folder, path, out) && strncmp(out, watched_folder, watched_length) == 0
        && (out[watched_length] == '/' || out[watched_length] == 0);
    errno = kept;
    return found;
}

struct watched_file *watched_file(int descriptor) {
    if (descriptor < 0 || descriptor >= MOST_DESCRIPTORS) return NULL;
    return atomic_load(&files[descriptor].handle) ? &files[descriptor] : NULL;
}

uint32_t watch_descriptor(int descriptor, const char *path, uint8_t marks) {
    if (descriptor >= MOST_DESCRIPTORS) _exit(123);
    uint32_t handle = atomic_fetch_add(&next_handle, 1);
    files[descriptor].marks = marks;
    files[descriptor].sync_fails = (uint8_t)fails_on_sync(path);
    files[descriptor].sync_drops = (uint8_t)drops_on_sync(path);
    atomic_store(&files[descriptor].handle, handle);
    return handle;
}

void watch_duplicate(int from, int to) {
    struct watched_file *file = watched_file(from);
    if (to < 0 || to >= MOST_DESCRIPTORS) return;
    files[to].marks = file ? file->marks : 0;
    files[to].sync_fails = file ? file->sync_fails : 0;
    files[to].sync_drops = file ? file->sync_drops : 0;
    atomic_store(&files[to].handle, file ? atomic_load(&file->handle) : 0);
}

void forget_descriptor(int descriptor) {
    if (descriptor >= 0 && descriptor < MOST_DESCRIPTORS) atomic_store(&files[descriptor].handle, 0);
}
