#include "target.h"

#include <errno.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

namespace pf_files {
namespace {

constexpr int kMaxLinks = 40;

/// Replaces the link at `path` by what it points to; 0, or the error number.
int follow(char (&path)[PATH_MAX]) {
  char link[PATH_MAX];
  ssize_t len = readlink(path, link, sizeof(link) - 1);
  if (len < 0) return errno;
  link[len] = 0;
  const char* slash = strrchr(path, '/');
  size_t folder = link[0] == '/' || !slash ? 0 : static_cast<size_t>(slash + 1 - path);
  if (folder + static_cast<size_t>(len) >= sizeof(path)) return ENAMETOOLONG;
  memcpy(path + folder, link, static_cast<size_t>(len) + 1);
  return 0;
}

bool starts_with(const char* text, const char* prefix) {
  return strncmp(text, prefix, strlen(prefix)) == 0;
}

/// What a path names that stands for something open, like /dev/stdout, is not
/// to be replaced by a new file.
bool names_open_file(const char* path) {
  bool device = starts_with(path, "/dev/") && !starts_with(path, "/dev/shm/");
  return device || starts_with(path, "/proc/");
}

}  // namespace

int find_target(const char* path, Target& target) {
  size_t len = strlen(path);
  if (len >= sizeof(target.path)) return ENAMETOOLONG;
  memcpy(target.path, path, len + 1);
  target.mode = 0;
  target.kind = TargetKind::Device;
  if (names_open_file(target.path)) return 0;
  for (int links = 0; links <= kMaxLinks; ++links) {
    struct stat info;
    if (lstat(target.path, &info) != 0) {
      target.kind = TargetKind::Absent;
      return errno == ENOENT ? 0 : errno;
    }
    if (!S_ISLNK(info.st_mode)) {
      target.mode = info.st_mode & 07777;
      target.user = info.st_uid;
      target.group = info.st_gid;
      target.kind = S_ISREG(info.st_mode)   ? TargetKind::Regular
                    : S_ISDIR(info.st_mode) ? TargetKind::Folder
                                            : TargetKind::Device;
      return 0;
    }
    if (int error = follow(target.path)) return error;
    if (names_open_file(target.path)) return 0;
  }
  return ELOOP;
}

int ParentFolders::make(const char* path) {
  size_t len = strlen(path);
  memcpy(made_, path, len + 1);
  for (size_t at = 1; at < len; ++at) {
    if (made_[at] != '/' || made_[at - 1] == '/') continue;
    made_[at] = 0;
    int error = mkdir(made_, 0777) == 0 ? 0 : errno;
    struct stat info;
    bool exists = error != 0 && stat(made_, &info) == 0;
    made_[at] = '/';
    if (error == 0) {
      if (first_ == 0) first_ = at;
      last_ = at;
    } else if (!exists) {
      return error;
    }
  }
  return 0;
}

void ParentFolders::remove() {
  if (first_ == 0) return;
  for (size_t at = last_; at >= first_; --at) {
    if (made_[at] != '/' || made_[at - 1] == '/') continue;
    made_[at] = 0;
    int failed = rmdir(made_);
    made_[at] = '/';
    if (failed) return;
  }
  first_ = 0;
}

}  // namespace pf_files
