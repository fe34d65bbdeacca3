#include "read_whole.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "descriptor.h"

namespace pf_files {
namespace {

/// Reads until the end or until `len` bytes are there; -1 with errno set on failure.
ssize_t read_up_to(int fd, char* to, size_t len) {
  size_t got = 0;
  while (got < len) {
    int64_t n = pf_read(fd, to + got, len - got);
    if (n < 0) return -1;
    if (n == 0) break;
    got += static_cast<size_t>(n);
  }
  return static_cast<ssize_t>(got);
}

/// Reads all of `fd` into `text`. The size is a guess: a pipe has none, a file may
/// grow. False with errno set on failure.
bool read_all(int fd, size_t size_guess, pf_str& text) {
  constexpr size_t kMinimum = 4096;
  size_t capacity = size_guess < kMinimum ? kMinimum : size_guess + 1;
  char* bytes;
  text = pf_str_new(capacity, &bytes);
  size_t len = 0;
  for (;;) {
    ssize_t n = read_up_to(fd, bytes + len, capacity - len);
    if (n < 0) return false;
    len += static_cast<size_t>(n);
    if (len < capacity) break;
    char* larger_bytes;
    pf_str larger = pf_str_new(capacity * 2, &larger_bytes);
    memcpy(larger_bytes, bytes, len);
    pf_str_release(text);
    text = larger;
    bytes = larger_bytes;
    capacity *= 2;
  }
  text.len = len;
  return true;
}

}  // namespace

int open_to_read(const char* path) {
  int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY);
  if (fd < 0 && errno == ENXIO && strcmp(path, "/dev/stdin") == 0) {
    return fcntl(STDIN_FILENO, F_DUPFD_CLOEXEC, 0);
  }
  struct stat info;
  if (fd < 0 || fstat(fd, &info) != 0 || !S_ISDIR(info.st_mode)) return fd;
  close(fd);
  errno = EISDIR;
  return -1;
}

bool read_whole(pf_call* call, const pf_str& path, pf_str* out) {
  PathText name;
  if (!name.set(call, path)) return false;
  Descriptor file(open_to_read(name.c_str()));
  struct stat info;
  bool opened = file.get() >= 0 && fstat(file.get(), &info) == 0;
  size_t size = opened && info.st_size > 0 ? static_cast<size_t>(info.st_size) : 0;
  if (opened && read_all(file.get(), size, *out)) return true;
  cannot_read(call, name.c_str(), errno);
  return false;
}

pf_status cannot_read(pf_call* call, const char* path, int error) {
  if (error == EISDIR) return pf_fail(call, PF_E_IO, "`%s` is a folder, not a file", path);
  return pf_fail(call, PF_E_IO, "cannot read `%s`: %s", path, reason(error));
}

}  // namespace pf_files
