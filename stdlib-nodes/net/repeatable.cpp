// Which calls may be done again: those of methods that are idempotent (RFC 9110, 9.2.2), and those
// whose server knows them again by an `Idempotency-Key`.
#include <strings.h>

#include <algorithm>

#include "net.pf.hpp"
#include "pflow/map.hpp"

namespace {

bool has_own_key(const pf_list& headers) {
  constexpr std::string_view kName = "idempotency-key";
  const pflow::Elements<pflow::TextEntry> entries(headers);
  return std::any_of(entries.begin(), entries.end(), [&](const pflow::TextEntry& header) {
    return header.key.len == kName.size() &&
           strncasecmp(header.key.data, kName.data(), kName.size()) == 0;
  });
}

bool may_repeat(const pf_str& method, const pf_list& headers) {
  const std::string_view name = pflow::view(method);
  return (name != "POST" && name != "PATCH") || has_own_key(headers);
}

}  // namespace

bool pfn_net_http_repeatable(const http_in* in) { return may_repeat(in->method, in->headers); }
bool pfn_net_http_bytes_repeatable(const http_bytes_in* in) {
  return may_repeat(in->method, in->headers);
}
bool pfn_net_http_json_repeatable(const http_json_in* in) {
  return may_repeat(in->method, in->headers);
}
bool pfn_net_download_repeatable(const download_in*) { return true; }
