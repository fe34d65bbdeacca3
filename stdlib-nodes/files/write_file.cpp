// write_file, write_bytes: a new file takes the old one's place when it is whole;
// append is one write at the end.
#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "files.pf.hpp"
#include "new_file.h"
#include "path_text.h"

namespace {

using pf_files::NewFile;
using pf_files::ParentFolders;
using pf_files::PathText;
using pf_files::Target;
using pf_files::TargetKind;

int replace_file(const char* path, const pf_str& content) {
  NewFile file;
  int error = file.open(path);
  if (!error) error = file.write(content.data, content.len);
  return error ? error : file.finish();
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
  int error = pf_files::write_all(fd, content.data, content.len, &written);
  if (error) take_back(fd, target, written);
  if (close(fd) != 0 && !error && errno != EINTR) error = errno;
  return error;
}

int append_file(const char* path, const pf_str& content) {
  Target target;
  if (int error = pf_files::find_target(path, target)) return error;
  if (target.kind == TargetKind::Device) return replace_file(path, content);
  if (target.kind == TargetKind::Folder) return EISDIR;
  ParentFolders folders;
  int error = append_to(target, content, folders);
  if (error) folders.remove();
  return error;
}

pf_status write_to(pf_call* call, const pf_str& path, const pf_str& content, bool append,
                   pf_str* out) {
  PathText name;
  if (!name.set(call, path)) return PF_FAILED;
  int error = append ? append_file(name.c_str(), content) : replace_file(name.c_str(), content);
  if (error) {
    return pf_fail(call, PF_E_IO, "cannot write `%s`: %s", name.c_str(), pf_files::reason(error));
  }
  pf_str_retain(path);
  *out = path;
  return PF_DONE;
}

}  // namespace

pf_status pfn_files_write_file(pf_call* call, const write_file_in* in, write_file_out* out) {
  return write_to(call, in->path, in->content, in->append, &out->path);
}

pf_status pfn_files_write_bytes(pf_call* call, const write_bytes_in* in, write_bytes_out* out) {
  return write_to(call, in->path, in->data, false, &out->path);
}
