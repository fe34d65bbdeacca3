// copy_file: the copy takes its place when it is whole, with the permissions of the
// original.
#include <errno.h>
#include <sys/stat.h>

#include "copy.h"
#include "files.pf.hpp"
#include "path_text.h"

pf_status pfn_files_copy_file(pf_call* call, const copy_file_in* in, copy_file_out* out) {
  pf_files::PathText from, to;
  if (!from.set(call, in->from) || !to.set(call, in->to)) return PF_FAILED;
  auto existing = in->overwrite ? pf_files::Existing::Replace : pf_files::Existing::Keep;
  pf_files::Problem problem = pf_files::copy(from.c_str(), to.c_str(), existing);
  if (problem.error) return pf_files::cannot(call, "copy", from.c_str(), to.c_str(), problem);
  pf_str_retain(in->to);
  out->path = in->to;
  return PF_DONE;
}
