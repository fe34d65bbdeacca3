// read_file, read_bytes: the whole file in one buffer, which becomes the value.
#include "files.pf.hpp"
#include "read_whole.h"

pf_status pfn_files_read_bytes(pf_call* call, const read_bytes_in* in, read_bytes_out* out) {
  return pf_files::read_whole(call, in->path, &out->data) ? PF_DONE : PF_FAILED;
}

pf_status pfn_files_read_file(pf_call* call, const read_file_in* in, read_file_out* out) {
  if (!pf_files::read_whole(call, in->path, &out->content)) return PF_FAILED;
  size_t valid = pf_utf8_valid_prefix(out->content.data, out->content.len);
  if (valid == out->content.len) return PF_DONE;
  return pf_fail(call, PF_E_IO, "`%.*s` is not UTF-8: byte 0x%02x at offset %zu",
                 static_cast<int>(in->path.len), in->path.data,
                 static_cast<unsigned char>(out->content.data[valid]), valid);
}
