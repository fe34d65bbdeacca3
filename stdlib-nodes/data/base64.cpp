// base64_encode, base64_decode: the runtime's form of bytes in text.
#include "data.pf.hpp"
#include "raw_bytes.h"

namespace {

constexpr pf_type kBytes = {PF_BYTES, sizeof(pf_str), alignof(pf_str), 1,      "bytes", nullptr,
                            0,        nullptr,        nullptr,         nullptr};

}  // namespace

pf_status pfn_data_base64_encode(pf_call*, const base64_encode_in* in, base64_encode_out* out) {
  pflow::Text data = pf_data::raw_bytes(in->data, in->type_T);
  pf_to_text(&out->text, &data.get(), &kBytes);
  return PF_DONE;
}

pf_status pfn_data_base64_decode(pf_call* call, const base64_decode_in* in,
                                 base64_decode_out* out) {
  auto* data = static_cast<pf_str*>(out->data);
  uint32_t kind = in->type_T->kind;
  if (kind != PF_STR && kind != PF_BYTES)
    return pf_fail(call, PF_E_VALUE, "`schema` is %s: expected `str` or `bytes`", in->type_T->name);
  size_t offset;
  if (const char* wrong = pf_base64_decode(&in->text, data, &offset))
    return pf_fail(call, PF_E_PARSE, "the text is no base64: %s at offset %zu", wrong, offset);
  if (kind == PF_BYTES) return PF_DONE;
  size_t valid = pf_utf8_valid_prefix(data->data, data->len);
  if (valid == data->len) return PF_DONE;
  return pf_fail(call, PF_E_PARSE, "what is decoded is not UTF-8: byte 0x%02x at offset %zu",
                 static_cast<unsigned char>(data->data[valid]), valid);
}
