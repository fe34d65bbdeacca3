// Calls of the kernel that got a function late: memfd_create and copy_file_range in glibc 2.27,
// renameat2 and fcntl64 in 2.28, execveat in 2.34.
#include <fcntl.h>
#include <stdarg.h>
#include <stdio.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <unistd.h>

int memfd_create(const char* name, unsigned flags) {
  return (int)syscall(SYS_memfd_create, name, flags);
}

int renameat2(int old_folder, const char* old_path, int new_folder, const char* new_path,
              unsigned flags) {
  return (int)syscall(SYS_renameat2, old_folder, old_path, new_folder, new_path, flags);
}

ssize_t copy_file_range(int from, off64_t* from_offset, int to, off64_t* to_offset, size_t len,
                        unsigned flags) {
  return syscall(SYS_copy_file_range, from, from_offset, to, to_offset, len, flags);
}

int execveat(int folder, const char* path, char* const* argv, char* const* environment, int flags) {
  return (int)syscall(SYS_execveat, folder, path, argv, environment, flags);
}

/// fcntl has always taken locks of 64 bits on machines of 64 bits.
int fcntl64(int descriptor, int command, ...) {
  va_list rest;
  va_start(rest, command);
  void* argument = va_arg(rest, void*);
  va_end(rest);
  return fcntl(descriptor, command, argument);
}
