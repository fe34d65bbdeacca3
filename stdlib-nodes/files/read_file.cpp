// read_file: the whole file in one buffer, which becomes the text.
#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "files.pf.hpp"
#include "path_text.h"

namespace {

using pf_files::PathText;

/// A file descriptor that closes itself.
class Descriptor {
 public:
  explicit Descriptor(int fd) : fd_(fd) {}
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  ~Descriptor() {
    if (fd_ >= 0) close(fd_);
  }
  [[nodiscard]] int get() const { return fd_; }

 private:
  int fd_;
};

pf_status cannot_read(pf_call* call, const PathText& path, int error) {
  if (error == EISDIR) {
    return pf_fail(call, PF_E_IO, "`%s` is a folder, not a file", path.c_str());
  }
  return pf_fail(call, PF_E_IO, "cannot read `%s`: %s", path.c_str(), pf_files::reason(error));
}

/// Standard input may be a socket, which cannot be opened by name.
int open_to_read(const char* path) {
  int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY);
  if (fd < 0 && errno == ENXIO && strcmp(path, "/dev/stdin") == 0) return dup(STDIN_FILENO);
  return fd;
}

/// Reads until the end or until `len` bytes are there; -1 with errno set on failure.
ssize_t read_up_to(int fd, char* to, size_t len) {
  size_t got = 0;
  while (got < len) {
    ssize_t n = read(fd, to + got, len - got);
    if (n < 0 && errno == EINTR) continue;
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

pf_status pfn_files_read_file(pf_call* call, const read_file_in* in, read_file_out* out) {
  PathText path;
  if (!path.set(call, in->path)) return PF_FAILED;
  Descriptor file(open_to_read(path.c_str()));
  struct stat info;
  if (file.get() < 0 || fstat(file.get(), &info) != 0) return cannot_read(call, path, errno);
  if (S_ISDIR(info.st_mode)) return cannot_read(call, path, EISDIR);
  auto size = info.st_size > 0 ? static_cast<size_t>(info.st_size) : 0;
  if (!read_all(file.get(), size, out->content)) return cannot_read(call, path, errno);
  size_t valid = pf_utf8_valid_prefix(out->content.data, out->content.len);
  if (valid == out->content.len) return PF_DONE;
  return pf_fail(call, PF_E_IO, "`%s` is not UTF-8: byte 0x%02x at offset %zu", path.c_str(),
                 static_cast<unsigned char>(out->content.data[valid]), valid);
}
