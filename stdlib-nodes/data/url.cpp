// url_encode, url_decode: RFC 3986's percent-encoding.
#include "data.pf.hpp"
#include "pflow/node.hpp"
#include "pflow/percent.hpp"

pf_status pfn_data_url_encode(pf_call*, const url_encode_in* in, url_encode_out* out) {
  std::string_view text = pflow::view(in->text);
  size_t len = 0;
  pflow::percent_encode(text, [&](std::string_view piece) { len += piece.size(); });
  char* to;
  out->encoded = pf_str_new(len, &to);
  pflow::percent_encode(text, [&](std::string_view piece) {
    memcpy(to, piece.data(), piece.size());
    to += piece.size();
  });
  return PF_DONE;
}

pf_status pfn_data_url_decode(pf_call* call, const url_decode_in* in, url_decode_out* out) {
  std::string_view text = pflow::view(in->encoded);
  char* bytes;
  out->text = pf_str_new(text.size(), &bytes);
  size_t len = 0;
  const size_t wrong = pflow::percent_decode(text, [&](char byte) { bytes[len++] = byte; });
  if (wrong != std::string_view::npos)
    return pf_fail(call, PF_E_PARSE, "expected two hexadecimal digits after `%%` at offset %zu",
                   wrong);
  out->text.len = len;
  size_t valid = pf_utf8_valid_prefix(bytes, len);
  if (valid == len) return PF_DONE;
  return pf_fail(call, PF_E_PARSE, "what is decoded is not UTF-8: byte 0x%02x at offset %zu",
                 static_cast<unsigned char>(bytes[valid]), valid);
}
