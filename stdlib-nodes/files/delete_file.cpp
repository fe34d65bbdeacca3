// delete_file: one file or link, never a folder.
#include <errno.h>
#include <sys/stat.h>
#include <unistd.h>

#include "files.pf.hpp"
#include "new_file.h"
#include "path_text.h"

namespace {

bool is_folder(const char* path) {
  struct stat info;
  return lstat(path, &info) == 0 && S_ISDIR(info.st_mode);
}

int remove(const char* path, bool missing_ok) {
  if (is_folder(path)) return EISDIR;
  if (unlink(path) == 0) return pf_files::sync_folder_of(path);
  return errno == ENOENT && missing_ok ? 0 : errno;
}

}  // namespace

pf_status pfn_files_delete_file(pf_call* call, const delete_file_in* in, delete_file_out* out) {
  pf_files::PathText path;
  if (!path.set(call, in->path)) return PF_FAILED;
  int error = remove(path.c_str(), in->missing_ok);
  if (error) {
    return pf_fail(call, PF_E_IO, "cannot delete `%s`: %s", path.c_str(), pf_files::reason(error));
  }
  pf_str_retain(in->path);
  out->path = in->path;
  return PF_DONE;
}
