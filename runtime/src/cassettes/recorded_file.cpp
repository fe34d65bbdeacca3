#include "runtime/src/cassettes/recorded_file.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "pflow/abi.h"
#include "runtime/src/descriptors/descriptors.h"

namespace pflow::cassettes {

int RecordedFile::claim(const std::string& path, bool waits) {
  char resolved[PATH_MAX];
  target_ = realpath(path.c_str(), resolved) ? resolved : path;
  size_t name = target_.rfind('/') + 1;
  part_ = target_.substr(0, name) + "." + target_.substr(name) + ".pflow-recording";
  int error = open_part(waits);
  if (error == 0) {
    handle_ = pf_temp_file_add(part_.c_str());
  } else if (part_fd_ >= 0) {
    close(part_fd_);
    part_fd_ = -1;
  }
  return error;
}

/// The one who has claimed it may put it in its place meanwhile.
int RecordedFile::open_part(bool waits) {
  for (;;) {
    // With the mode of any new file: a cassette is shared with the program that it tests.
    part_fd_ = open(part_.c_str(), O_WRONLY | O_CREAT | O_CLOEXEC, 0666);
    if (part_fd_ < 0) return errno;
    if (flock(part_fd_, waits ? LOCK_EX : LOCK_EX | LOCK_NB) != 0)
      return errno == EWOULDBLOCK ? EBUSY : errno;
    struct stat opened, named;
    if (fstat(part_fd_, &opened) != 0) return errno;
    if (stat(part_.c_str(), &named) == 0 && named.st_ino == opened.st_ino) return 0;
    close(part_fd_);
  }
}

int RecordedFile::replace(rt::Buffer& text) {
  struct stat existing;
  bool written =
      ftruncate(part_fd_, 0) == 0 &&
      (stat(target_.c_str(), &existing) != 0 || fchmod(part_fd_, existing.st_mode & 07777) == 0) &&
      rt::write_all(part_fd_, text.data(), text.size()) &&
      rename(part_.c_str(), target_.c_str()) == 0;
  int error = written ? 0 : errno;
  if (written) part_.clear();
  release();
  return error;
}

void RecordedFile::release() {
  if (part_fd_ < 0) return;
  if (!part_.empty()) unlink(part_.c_str());
  pf_temp_file_done(handle_);
  close(part_fd_);
  part_fd_ = -1;
}

}  // namespace pflow::cassettes
