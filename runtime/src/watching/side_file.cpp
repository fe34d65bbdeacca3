#include "runtime/src/watching/side_file.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "runtime/src/descriptors/descriptors.h"

namespace pflow::rt {

bool SideFile::open(const char* option, const char* path) {
  path_ = path;
  file_ = ::open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
  struct stat status;
  live_ = file_ >= 0 && fstat(file_, &status) == 0 && !S_ISREG(status.st_mode);
  if (file_ >= 0) return true;
  pf_config_error(nullptr, "name a file in a folder that exists and may be written",
                  "cannot write `%s` of `--%s`: %s", path, option, strerror(errno));
  return false;
}

void SideFile::settle() {
  constexpr size_t kEnough = 64 * 1024;
  if (live_ || pending_.size() >= kEnough) flush();
}

void SideFile::flush() {
  bool written = file_ < 0 || write_all(file_, pending_.data(), pending_.size());
  pending_.clear();
  if (written) return;
  Buffer line;
  line.format("`%s` is not complete: %s\n", path_, strerror(errno));
  ::close(file_);
  file_ = -1;
  write_all(STDERR_FILENO, line.data(), line.size());
}

void SideFile::close() {
  flush();
  if (file_ >= 0) ::close(file_);
  file_ = -1;
}

}  // namespace pflow::rt
