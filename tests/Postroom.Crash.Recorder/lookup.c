/*
 * A call that .NET makes by name from a library it opened itself (P/Invoke to libc) is found by dlsym in that library,
 * past every preloaded one. So dlsym gives our function wherever it would give the C library's.
 */
#include "recorder.h"

#include <dlfcn.h>

typedef void *lookup(void *, const char *);

static const char *const ours[] = {
    "open", "open64", "openat", "openat64", "creat", "creat64", "close", "write", "writev", "pwrite", "pwrite64",
    "pwritev", "pwritev64", "ftruncate", "ftruncate64", "truncate", "truncate64", "fallocate", "fallocate64",
    "posix_fallocate", "posix_fallocate64", "fsync", "fdatasync", "rename", "renameat", "renameat2", "unlink",
    "unlinkat", "rmdir", "mkdir", "mkdirat", "link", "linkat", "dup", "dup2", "dup3", "mmap", "mmap64", "sendfile",
    "sendfile64", "copy_file_range",
};

static lookup *real_lookup(void) {
    static lookup *_Atomic found;
    static const char *const versions[] = {"GLIBC_2.34", "GLIBC_2.17", "GLIBC_2.2.5"};
    lookup *real = found;
    for (size_t i = 0; !real && i < sizeof versions / sizeof *versions; i++)
        *(void **)&real = dlvsym(RTLD_NEXT, "dlsym", versions[i]);
    if (!real) _exit(124);
    found = real;
    return real;
}

static int is_ours(const char *name) {
    for (size_t i = 0; i < sizeof ours / sizeof *ours; i++)
        if (strcmp(ours[i], name) == 0) return 1;
    return 0;
}

void *dlsym(void *library, const char *name) {
    lookup *real = real_lookup();
    if (!is_ours(name)) return real(library, name);
    void *found = real(library, name);
    return found && found == real(RTLD_NEXT, name) ? real(RTLD_DEFAULT, name) : found;
}
