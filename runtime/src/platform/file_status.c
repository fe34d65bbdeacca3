// stat and its kin became functions in glibc 2.33; before, the header called these.
#include <sys/stat.h>

#if defined(__x86_64__)
enum { kVersion = 1 };
#else
enum { kVersion = 0 };
#endif

extern int __xstat(int version, const char* path, struct stat* status);
extern int __lxstat(int version, const char* path, struct stat* status);
extern int __fxstat(int version, int descriptor, struct stat* status);
extern int __fxstatat(int version, int folder, const char* path, struct stat* status, int flags);

int stat(const char* path, struct stat* status) { return __xstat(kVersion, path, status); }
int lstat(const char* path, struct stat* status) { return __lxstat(kVersion, path, status); }
int fstat(int descriptor, struct stat* status) { return __fxstat(kVersion, descriptor, status); }
int fstatat(int folder, const char* path, struct stat* status, int flags) {
  return __fxstatat(kVersion, folder, path, status, flags);
}

// One form for both on machines of 64 bits.
int stat64(const char* path, struct stat64* status) __attribute__((alias("stat")));
int lstat64(const char* path, struct stat64* status) __attribute__((alias("lstat")));
int fstat64(int descriptor, struct stat64* status) __attribute__((alias("fstat")));
int fstatat64(int folder, const char* path, struct stat64* status, int flags)
    __attribute__((alias("fstatat")));
