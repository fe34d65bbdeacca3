// make_dir, temp_dir.
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "files.pf.hpp"
#include "path_text.h"
#include "pflow/node.hpp"
#include "target.h"

namespace {

int make(const char* path) {
  pf_files::ParentFolders folders;
  int error = folders.make(path);
  if (!error && mkdir(path, 0777) != 0) error = errno;
  struct stat info;
  if (error == EEXIST && stat(path, &info) == 0 && S_ISDIR(info.st_mode)) return 0;
  if (error) folders.remove();
  return error;
}

/// An absolute path for a folder where temporary ones are made.
bool temporary_pattern(char (&path)[PATH_MAX]) {
  const char* parent = getenv("TMPDIR");
  bool usable = parent && parent[0] == '/' && access(parent, W_OK | X_OK) == 0;
  int len = snprintf(path, sizeof(path), "%s/pflow-XXXXXX", usable ? parent : "/tmp");
  return len < static_cast<int>(sizeof(path));
}

}  // namespace

pf_status pfn_files_make_dir(pf_call* call, const make_dir_in* in, make_dir_out* out) {
  pf_files::PathText path;
  if (!path.set(call, in->path)) return PF_FAILED;
  int error = make(path.c_str());
  if (error) {
    const char* why = error == EEXIST ? "there is a file" : pf_files::reason(error);
    return pf_fail(call, PF_E_IO, "cannot make the folder `%s`: %s", path.c_str(), why);
  }
  pf_str_retain(in->path);
  out->path = in->path;
  return PF_DONE;
}

pf_status pfn_files_temp_dir(pf_call* call, const temp_dir_in*, temp_dir_out* out) {
  char path[PATH_MAX];
  if (!temporary_pattern(path)) return pf_fail(call, PF_E_IO, "`TMPDIR` is too long");
  if (!mkdtemp(path)) {
    return pf_fail(call, PF_E_IO, "cannot make a temporary folder: %s", pf_files::reason(errno));
  }
  size_t len = strlen(path);
  bool utf8 = pf_utf8_valid_prefix(path, len) == len;
  if (!utf8 || pf_temp_dir_add(path) < 0) {
    rmdir(path);
    if (!utf8) return pf_fail(call, PF_E_IO, "the path in `TMPDIR` is not UTF-8");
    return pf_fail(call, PF_E_LIMIT, "there are more temporary folders than can be cleaned up");
  }
  out->path = pf_str_copy(path, len);
  return PF_DONE;
}
