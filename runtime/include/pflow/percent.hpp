/// Percent-encoding of RFC 3986, for what stands inside one part of a URL.
#pragma once

#include <string_view>

namespace pflow {

/// Calls `add` with each piece of the encoded text, in order: a byte that may stand as
/// it is, or `%` and two digits.
template <typename Add>
void percent_encode(std::string_view text, Add add) {
  static constexpr char kDigits[] = "0123456789ABCDEF";
  for (const char& c : text) {
    bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                 c == '-' || c == '.' || c == '_' || c == '~';
    auto byte = static_cast<unsigned char>(c);
    const char encoded[] = {'%', kDigits[byte >> 4], kDigits[byte & 15]};
    add(plain ? std::string_view(&c, 1) : std::string_view(encoded, 3));
  }
}

}  // namespace pflow
