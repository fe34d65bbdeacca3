// url_encode, url_decode: RFC 3986's percent-encoding.
#include "data.pf.hpp"
#include "pflow/node.hpp"
#include "pflow/percent.hpp"

namespace {

int hex_value(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

}  // namespace

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
  for (size_t i = 0; i < text.size(); ++i) {
    if (text[i] != '%') {
      bytes[len++] = text[i];
      continue;
    }
    int high = i + 2 < text.size() ? hex_value(text[i + 1]) : -1;
    int low = i + 2 < text.size() ? hex_value(text[i + 2]) : -1;
    if (high < 0 || low < 0)
      return pf_fail(call, PF_E_PARSE, "expected two hexadecimal digits after `%%` at offset %zu",
                     i);
    bytes[len++] = static_cast<char>(high << 4 | low);
    i += 2;
  }
  out->text.len = len;
  size_t valid = pf_utf8_valid_prefix(bytes, len);
  if (valid == len) return PF_DONE;
  return pf_fail(call, PF_E_PARSE, "what is decoded is not UTF-8: byte 0x%02x at offset %zu",
                 static_cast<unsigned char>(bytes[valid]), valid);
}
