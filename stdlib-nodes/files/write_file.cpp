// write_file, write_bytes: a new file takes the old one's place when it is whole;
// append is one write at the end.
#include "appended_file.h"
#include "files.pf.hpp"
#include "new_file.h"
#include "path_text.h"

namespace {

using pf_files::AppendedFile;
using pf_files::NewFile;
using pf_files::PathText;
using pf_files::Target;
using pf_files::TargetKind;

int replace_file(const char* path, const pf_str& content) {
  NewFile file;
  int error = file.open(path);
  if (!error) error = file.write(content.data, content.len);
  return error ? error : file.finish();
}

int append_file(const char* path, const pf_str& content) {
  Target target;
  if (int error = pf_files::find_target(path, target)) return error;
  if (target.kind == TargetKind::Device) return replace_file(path, content);
  AppendedFile file;
  int error = file.open(path);
  if (!error) error = file.write(content.data, content.len);
  return error ? error : file.finish();
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
