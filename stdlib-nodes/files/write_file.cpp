// write_file: a temporary file beside the target takes its place when it is
// whole; append is one write at the end.
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <sys/random.h>
#include <sys/stat.h>
#include <unistd.h>

#include "files.pf.hpp"
#include "path_text.h"
#include "target.h"

namespace {

using pf_files::ParentFolders;
using pf_files::PathText;
using pf_files::Target;
using pf_files::TargetKind;

/// Writes everything; 0, or the error number. `*written` counts also then.
int write_all(int fd, const pf_str& content, size_t* written) {
  *written = 0;
  while (*written < content.len) {
    ssize_t n = write(fd, content.data + *written, content.len - *written);
    if (n < 0 && errno == EINTR) continue;
    if (n < 0) return errno;
    *written += static_cast<size_t>(n);
  }
  return 0;
}

/// The temporary file of one write, beside its target.
class TempFile {
 public:
  /// Creates it; 0, or the error number.
  int create(const char* target) {
    const char* slash = strrchr(target, '/');
    int folder = slash ? static_cast<int>(slash + 1 - target) : 0;
    for (int tries = 0; tries < 100; ++tries) {
      uint64_t random;
      if (getrandom(&random, sizeof(random), 0) != sizeof(random)) return EIO;
      int len = snprintf(path_, sizeof(path_), "%.*s.pflow-%016llx.tmp", folder, target,
                         static_cast<unsigned long long>(random));
      if (len >= static_cast<int>(sizeof(path_))) return ENAMETOOLONG;
      handle_ = pf_temp_file_add(path_);
      fd_ = open(path_, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
      if (fd_ >= 0) return 0;
      int error = errno;
      pf_temp_file_done(handle_);
      if (error != EEXIST) return error;
    }
    return EEXIST;
  }

  /// Fills it and puts it in the target's place; 0, or the error number after
  /// its removal.
  int become(const Target& target, const pf_str& content) {
    size_t written;
    int error = write_all(fd_, content, &written);
    if (!error && target.kind == TargetKind::Regular) error = take_after(target);
    if (!error && fsync(fd_) != 0 && errno != EINVAL && errno != ENOTSUP) error = errno;
    if (close(fd_) != 0 && !error && errno != EINTR) error = errno;
    if (!error && rename(path_, target.path) != 0) error = errno;
    if (error) unlink(path_);
    pf_temp_file_done(handle_);
    return error;
  }

 private:
  /// Gives it the owner, where that is allowed, and the mode of the file it replaces.
  int take_after(const Target& target) {
    bool foreign = target.user != geteuid() || target.group != getegid();
    bool changed = foreign && fchown(fd_, target.user, target.group) == 0;
    mode_t mode = foreign && !changed ? target.mode & 0777 : target.mode;
    return fchmod(fd_, mode) == 0 ? 0 : errno;
  }

  char path_[PATH_MAX];
  int fd_ = -1;
  int handle_ = -1;
};

/// A regular file that may not be written is not replaced either.
int check_writable(const Target& target) {
  if (target.kind == TargetKind::Folder) return EISDIR;
  if (target.kind == TargetKind::Regular && access(target.path, W_OK) != 0) return errno;
  return 0;
}

int replace_file(const Target& target, const pf_str& content, ParentFolders& folders) {
  TempFile temp;
  int error = temp.create(target.path);
  if (error == ENOENT) {
    error = folders.make(target.path);
    if (!error) error = temp.create(target.path);
  }
  return error ? error : temp.become(target, content);
}

/// The descriptor that a path like /dev/stdout means, -1 for others.
int standard_descriptor(const char* path) {
  if (strcmp(path, "/dev/stdout") == 0) return STDOUT_FILENO;
  return strcmp(path, "/dev/stderr") == 0 ? STDERR_FILENO : -1;
}

/// What stands for a device, a pipe or an open file is written in place.
int write_in_place(const Target& target, const pf_str& content) {
  int standard = standard_descriptor(target.path);
  int fd =
      standard >= 0 ? dup(standard) : open(target.path, O_WRONLY | O_CLOEXEC | O_APPEND | O_NOCTTY);
  if (fd < 0) return errno;
  size_t written;
  int error = write_all(fd, content, &written);
  close(fd);
  return error;
}

/// Takes back the part of an append that fitted, unless others appended since.
void take_back(int fd, const Target& target, size_t written) {
  off_t end = lseek(fd, 0, SEEK_CUR);
  struct stat info;
  if (written != 0 && end >= 0 && fstat(fd, &info) == 0 && info.st_size == end) {
    if (ftruncate(fd, end - static_cast<off_t>(written)) != 0) return;
  }
  if (target.kind == TargetKind::Absent && fstat(fd, &info) == 0 && info.st_size == 0) {
    unlink(target.path);
  }
}

int append_to(const Target& target, const pf_str& content, ParentFolders& folders) {
  constexpr int kFlags = O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC;
  int fd = open(target.path, kFlags, 0666);
  if (fd < 0 && errno == ENOENT) {
    if (int error = folders.make(target.path)) return error;
    fd = open(target.path, kFlags, 0666);
  }
  if (fd < 0) return errno;
  size_t written;
  int error = write_all(fd, content, &written);
  if (error) take_back(fd, target, written);
  if (close(fd) != 0 && !error && errno != EINTR) error = errno;
  return error;
}

int write_target(const char* path, const write_file_in* in) {
  Target target;
  if (int error = pf_files::find_target(path, target)) return error;
  if (target.kind == TargetKind::Device) return write_in_place(target, in->content);
  if (int error = check_writable(target)) return error;
  ParentFolders folders;
  int error = in->append ? append_to(target, in->content, folders)
                         : replace_file(target, in->content, folders);
  if (error) folders.remove();
  return error;
}

}  // namespace

pf_status pfn_files_write_file(pf_call* call, const write_file_in* in, write_file_out* out) {
  PathText path;
  if (!path.set(call, in->path)) return PF_FAILED;
  int error = write_target(path.c_str(), in);
  if (error == EISDIR) {
    return pf_fail(call, PF_E_IO, "cannot write `%s`: it is a folder", path.c_str());
  }
  if (error) {
    return pf_fail(call, PF_E_IO, "cannot write `%s`: %s", path.c_str(), pf_files::reason(error));
  }
  pf_str_retain(in->path);
  out->path = in->path;
  return PF_DONE;
}
