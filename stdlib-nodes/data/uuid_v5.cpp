// uuid_v5: RFC 9562's UUIDs from a namespace and a name.
#include <stdio.h>

#include "data.pf.hpp"
#include "pflow/node.hpp"
#include "sha1.h"

namespace {

struct Known {
  std::string_view word;
  std::string_view uuid;
};
constexpr Known kKnown[] = {{"dns", "6ba7b810-9dad-11d1-80b4-00c04fd430c8"},
                            {"url", "6ba7b811-9dad-11d1-80b4-00c04fd430c8"},
                            {"oid", "6ba7b812-9dad-11d1-80b4-00c04fd430c8"},
                            {"x500", "6ba7b814-9dad-11d1-80b4-00c04fd430c8"}};

int hex_value(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

/// The bytes of a UUID's text; false when it is none.
bool read_uuid(std::string_view text, char (&bytes)[16]) {
  if (text.size() != 36) return false;
  size_t count = 0;
  for (size_t i = 0; i < text.size(); ++i) {
    if (i == 8 || i == 13 || i == 18 || i == 23) {
      if (text[i] != '-') return false;
      continue;
    }
    int high = hex_value(text[i]), low = hex_value(text[i + 1]);
    if (high < 0 || low < 0) return false;
    bytes[count++] = static_cast<char>(high << 4 | low);
    ++i;
  }
  return true;
}

}  // namespace

pf_status pfn_data_uuid_v5(pf_call* call, const uuid_v5_in* in, uuid_v5_out* out) {
  std::string_view space = pflow::view(in->namespace_);
  for (const Known& known : kKnown)
    if (space == known.word) space = known.uuid;
  char bytes[16];
  if (!read_uuid(space, bytes)) {
    pf_fail(call, PF_E_VALUE, "`namespace` is no UUID: `%.*s`", static_cast<int>(space.size()),
            space.data());
    pf_fail_help(call, "write a UUID, or one of `dns`, `url`, `oid`, `x500`");
    return PF_FAILED;
  }
  uint8_t digest[20];
  pf_data::sha1({bytes, sizeof bytes}, pflow::view(in->name), digest);
  digest[6] = static_cast<uint8_t>((digest[6] & 0x0f) | 0x50);
  digest[8] = static_cast<uint8_t>((digest[8] & 0x3f) | 0x80);
  char text[37];
  char* at = text;
  for (int i = 0; i < 16; ++i) {
    if (i == 4 || i == 6 || i == 8 || i == 10) *at++ = '-';
    at += snprintf(at, 3, "%02x", digest[i]);
  }
  out->uuid = pflow::text({text, 36});
  return PF_DONE;
}
