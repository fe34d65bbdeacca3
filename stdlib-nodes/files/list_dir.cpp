// list_dir: the names in one folder.
#include <errno.h>

#include "files.pf.hpp"
#include "folder.h"
#include "path_text.h"

pf_status pfn_files_list_dir(pf_call* call, const list_dir_in* in, list_dir_out* out) {
  pf_files::PathText path;
  if (!path.set(call, in->path)) return PF_FAILED;
  pf_files::Folder folder;
  int error = folder.open(path.c_str());
  pflow::TextList names;
  while (error == 0) {
    const dirent* entry = folder.next(&error);
    if (!entry) break;
    if (!pf_files::check_name(call, entry->d_name)) return PF_FAILED;
    names.add(entry->d_name);
  }
  if (error) return pf_files::cannot_read_folder(call, path.c_str(), error);
  out->names = pf_files::sorted(names.take());
  return PF_DONE;
}
