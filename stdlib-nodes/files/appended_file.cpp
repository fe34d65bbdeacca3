#include "appended_file.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "descriptor.h"
#include "new_file.h"

namespace pf_files {

AppendedFile::~AppendedFile() {
  if (fd_ < 0) return;
  take_back();
  close(fd_);
  folders_.remove();
}

int AppendedFile::open(const char* path) {
  if (int error = find_target(path, target_)) return error;
  if (target_.kind == TargetKind::Folder) return EISDIR;
  int error = open_target();
  if (error) folders_.remove();
  return error;
}

int AppendedFile::open_target() {
  constexpr int kFlags = O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC;
  fd_ = ::open(target_.path, kFlags, 0666);
  if (fd_ < 0 && errno == ENOENT) {
    if (int error = folders_.make(target_.path)) return error;
    fd_ = ::open(target_.path, kFlags, 0666);
  }
  return fd_ < 0 ? errno : 0;
}

bool AppendedFile::begins_line() const {
  Descriptor file(::open(target_.path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY));
  struct stat info;
  char last;
  return file.get() < 0 || fstat(file.get(), &info) != 0 || info.st_size == 0 ||
         pread(file.get(), &last, 1, info.st_size - 1) != 1 || last == '\n';
}

int AppendedFile::write(const char* data, size_t len) {
  size_t written;
  int error = write_all(fd_, data, len, &written);
  written_ += written;
  return error;
}

/// Unless others appended since.
void AppendedFile::take_back() {
  off_t end = lseek(fd_, 0, SEEK_CUR);
  struct stat info;
  if (written_ != 0 && end >= 0 && fstat(fd_, &info) == 0 && info.st_size == end &&
      ftruncate(fd_, end - static_cast<off_t>(written_)) != 0)
    return;
  bool fresh = target_.kind == TargetKind::Absent;
  if (fresh && fstat(fd_, &info) == 0 && info.st_size == 0) unlink(target_.path);
}

int AppendedFile::finish() {
  int fd = fd_;
  fd_ = -1;
  return close(fd) != 0 && errno != EINTR ? errno : 0;
}

}  // namespace pf_files
