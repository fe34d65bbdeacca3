#include "new_file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/file.h>
#include <sys/random.h>
#include <sys/stat.h>
#include <unistd.h>

#include "pflow/abi.h"

namespace pf_files {
namespace {

/// The descriptor that a path like /dev/stdout means, -1 for others.
int standard_descriptor(const char* path) {
  if (strcmp(path, "/dev/stdout") == 0) return STDOUT_FILENO;
  return strcmp(path, "/dev/stderr") == 0 ? STDERR_FILENO : -1;
}

/// Not every file system and no pipe can be made durable.
int sync(int fd) { return fsync(fd) == 0 || errno == EINVAL || errno == ENOTSUP ? 0 : errno; }

/// What stands there may be replaced: a regular file that may be written.
int check_replaceable(const Target& target, Existing existing) {
  if (target.kind == TargetKind::Folder) return EISDIR;
  if (target.kind != TargetKind::Regular) return 0;
  if (existing == Existing::Keep) return EEXIST;
  return access(target.path, W_OK) == 0 ? 0 : errno;
}

}  // namespace

int write_all(int fd, const char* data, size_t len, size_t* written) {
  *written = 0;
  while (*written < len) {
    int64_t n = pf_write(fd, data + *written, len - *written);
    if (n < 0) return errno;
    *written += static_cast<size_t>(n);
  }
  return 0;
}

int sync_folder_of(const char* path) {
  char folder[PATH_MAX];
  const char* slash = strrchr(path, '/');
  size_t len = slash ? static_cast<size_t>(slash + 1 - path) : 0;
  memcpy(folder, slash ? path : ".", slash ? len : 1);
  folder[slash ? len : 1] = 0;
  int fd = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (fd < 0) return errno == EACCES ? 0 : errno;
  int error = sync(fd);
  close(fd);
  return error;
}

int rename_new(const char* from, const char* to) {
  if (renameat2(AT_FDCWD, from, AT_FDCWD, to, RENAME_NOREPLACE) == 0) return 0;
  if (errno != EINVAL && errno != ENOSYS) return errno;
  if (link(from, to) != 0) return errno;
  unlink(from);
  return 0;
}

int NewFile::open(const char* path, Existing existing) {
  existing_ = existing;
  if (int error = find_target(path, target_)) return error;
  if (target_.kind == TargetKind::Device) return open_in_place();
  if (int error = check_replaceable(target_, existing)) return error;
  int error = create_beside();
  if (error == ENOENT) {
    error = folders_.make(target_.path);
    if (!error) error = create_beside();
  }
  if (error) drop();
  return error;
}

int NewFile::open_in_place() {
  constexpr int kFlags = O_WRONLY | O_CLOEXEC | O_APPEND | O_NOCTTY;
  int standard = standard_descriptor(target_.path);
  fd_ = standard >= 0 ? fcntl(standard, F_DUPFD_CLOEXEC, 0) : ::open(target_.path, kFlags);
  in_place_ = true;
  return fd_ < 0 ? errno : 0;
}

int NewFile::create_beside() {
  for (int tries = 0; tries < 100; ++tries) {
    int error = create();
    if (error != EEXIST) return error;
  }
  return EEXIST;
}

int NewFile::create() {
  const char* slash = strrchr(target_.path, '/');
  int folder = slash ? static_cast<int>(slash + 1 - target_.path) : 0;
  uint64_t random;
  if (getrandom(&random, sizeof(random), 0) != sizeof(random)) return EIO;
  int len = snprintf(path_, sizeof(path_), "%.*s.pflow-%016llx.tmp", folder, target_.path,
                     static_cast<unsigned long long>(random));
  if (len >= static_cast<int>(sizeof(path_))) return ENAMETOOLONG;
  handle_ = pf_temp_file_add(path_);
  fd_ = ::open(path_, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
  beside_ = fd_ >= 0;
  if (beside_) return 0;
  int error = errno;
  pf_temp_file_done(handle_);
  return error;
}

int kept_path(const char* path, char (&kept)[PATH_MAX]) {
  Target target;
  if (int error = find_target(path, target)) return error;
  const char* slash = strrchr(target.path, '/');
  const char* name = slash ? slash + 1 : target.path;
  int len = snprintf(kept, PATH_MAX, "%.*s.%s.pflow-part", static_cast<int>(name - target.path),
                     target.path, name);
  return len < PATH_MAX ? 0 : ENAMETOOLONG;
}

int NewFile::open_kept(const char* path, off_t size) {
  if (int error = find_target(path, target_)) return error;
  if (target_.kind == TargetKind::Device) return EINVAL;
  if (int error = check_replaceable(target_, existing_)) return error;
  if (int error = kept_path(path, path_)) return error;
  int error = lock_kept();
  if (error == ENOENT) {
    error = folders_.make(target_.path);
    if (!error) error = lock_kept();
  }
  struct stat found;
  if (!error && fstat(fd_, &found) != 0) error = errno;
  if (!error && found.st_size < size) error = ESTALE;
  if (!error && (ftruncate(fd_, size) != 0 || lseek(fd_, size, SEEK_SET) < 0)) error = errno;
  len_ = begun_ = size;
  if (error) keep();
  return error;
}

/// Another one may put the file in its place while it is opened here.
int NewFile::lock_kept() {
  for (;;) {
    fd_ = ::open(path_, O_WRONLY | O_CREAT | O_CLOEXEC, 0666);
    if (fd_ < 0) return errno;
    if (flock(fd_, LOCK_EX | LOCK_NB) != 0) return errno == EWOULDBLOCK ? EBUSY : errno;
    struct stat open_file, named;
    if (fstat(fd_, &open_file) != 0) return errno;
    if (stat(path_, &named) == 0 && named.st_ino == open_file.st_ino) break;
    close(fd_);
  }
  beside_ = true;
  return 0;
}

void NewFile::keep() {
  if (fd_ >= 0) close(fd_);
  fd_ = -1;
  beside_ = false;
  folders_.keep();
}

int NewFile::write(const char* data, size_t len) {
  size_t written;
  int error = write_all(fd_, data, len, &written);
  len_ += static_cast<off_t>(written);
  begin_writing();
  return error;
}

/// The machine puts on disk what there is, so that at the end little is left to wait for.
void NewFile::begin_writing() {
  constexpr off_t kMuch = off_t{8} * 1024 * 1024;
  if (in_place_ || len_ - begun_ < kMuch) return;
  sync_file_range(fd_, begun_, len_ - begun_, SYNC_FILE_RANGE_WRITE);
  begun_ = len_;
}

int NewFile::set_mode(mode_t mode) {
  mode_set_ = true;
  return in_place_ || fchmod(fd_, mode) == 0 ? 0 : errno;
}

/// Gives it the owner, where that is allowed, and the mode of the file it replaces.
int NewFile::take_after() {
  bool foreign = target_.user != geteuid() || target_.group != getegid();
  bool changed = foreign && fchown(fd_, target_.user, target_.group) == 0;
  mode_t mode = foreign && !changed ? target_.mode & 0777 : target_.mode;
  return fchmod(fd_, mode) == 0 ? 0 : errno;
}

int NewFile::take_place() {
  if (existing_ == Existing::Keep) return rename_new(path_, target_.path);
  return rename(path_, target_.path) == 0 ? 0 : errno;
}

/// What has to be true before the file takes its place.
int NewFile::settle() {
  int error = target_.kind == TargetKind::Regular && !mode_set_ ? take_after() : 0;
  return error ? error : sync(fd_);
}

int NewFile::finish() {
  int error = in_place_ ? 0 : settle();
  int fd = fd_;
  fd_ = -1;
  if (close(fd) != 0 && !error && errno != EINTR) error = errno;
  if (in_place_) return error;
  if (!error) error = take_place();
  if (error) {
    drop();
    return error;
  }
  pf_temp_file_done(handle_);
  beside_ = false;
  folders_.keep();
  return sync_folder_of(target_.path);
}

void NewFile::drop() {
  if (fd_ >= 0) close(fd_);
  fd_ = -1;
  if (beside_) {
    unlink(path_);
    pf_temp_file_done(handle_);
    beside_ = false;
  }
  folders_.remove();
}

}  // namespace pf_files
