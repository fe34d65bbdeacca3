// read_file, read_bytes: the whole file in one buffer, which becomes the value.
#include "files.pf.hpp"
#include "pflow/node.hpp"
#include "read_whole.h"

pf_status pfn_files_read_bytes(pf_call* call, const read_bytes_in* in, read_bytes_out* out) {
  return pf_files::read_whole(call, in->path, &out->data) ? PF_DONE : PF_FAILED;
}

pf_status pfn_files_read_file(pf_call* call, const read_file_in* in, read_file_out* out) {
  if (!pf_files::read_whole(call, in->path, &out->content)) return PF_FAILED;
  pflow::Text shown(pflow::join({"`", pflow::view(in->path), "`"}));
  bool text = pflow::take_text(call, PF_E_IO, shown.view(), &out->content);
  return text ? PF_DONE : PF_FAILED;
}
