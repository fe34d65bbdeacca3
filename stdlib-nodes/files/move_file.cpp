// move_file: a rename, or between file systems a copy and a removal.
#include <errno.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include "copy.h"
#include "files.pf.hpp"
#include "path_text.h"

namespace {

using pf_files::Existing;
using pf_files::Problem;

int rename_to(const char* from, const char* to, Existing existing) {
  if (existing == Existing::Keep) return pf_files::rename_new(from, to);
  return rename(from, to) == 0 ? 0 : errno;
}

Problem move_across(const char* from, const char* to, Existing existing) {
  struct stat info;
  if (lstat(from, &info) != 0) return {errno, true};
  if (!S_ISREG(info.st_mode)) return {EXDEV, true};
  Problem problem = pf_files::copy(from, to, existing);
  if (problem.error) return problem;
  return {unlink(from) == 0 ? 0 : errno, true};
}

/// A file replaces no folder, and a folder no file, however empty.
Problem check(const char* from, const char* to, Existing existing) {
  struct stat source, target;
  if (lstat(from, &source) != 0) return {errno, true};
  if (stat(to, &target) != 0) return {};
  if (S_ISDIR(target.st_mode)) return {EISDIR, false};
  return {existing == Existing::Keep ? EEXIST : 0, false};
}

Problem move(const char* from, const char* to, Existing existing) {
  if (Problem problem = check(from, to, existing); problem.error) return problem;
  pf_files::ParentFolders folders;
  int error = rename_to(from, to, existing);
  if (error == ENOENT) {
    error = folders.make(to);
    if (!error) error = rename_to(from, to, existing);
  }
  if (error == EXDEV) {
    Problem problem = move_across(from, to, existing);
    if (problem.error) folders.remove();
    return problem;
  }
  if (error) {
    folders.remove();
    return {error, false};
  }
  error = pf_files::sync_folder_of(to);
  if (!error) error = pf_files::sync_folder_of(from);
  return {error, false};
}

}  // namespace

pf_status pfn_files_move_file(pf_call* call, const move_file_in* in, move_file_out* out) {
  pf_files::PathText from, to;
  if (!from.set(call, in->from) || !to.set(call, in->to)) return PF_FAILED;
  auto existing = in->overwrite ? Existing::Replace : Existing::Keep;
  Problem problem = move(from.c_str(), to.c_str(), existing);
  if (problem.error) return pf_files::cannot(call, "move", from.c_str(), to.c_str(), problem);
  pf_str_retain(in->to);
  out->path = in->to;
  return PF_DONE;
}
