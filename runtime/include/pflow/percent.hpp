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

/// Calls `add` with each byte of the decoded text. A `%` without two digits behind it stands for
/// itself; gives the offset of the first one, or npos.
template <typename Add>
size_t percent_decode(std::string_view text, Add add) {
  constexpr auto kDigit = [](char c) {
    if (c >= '0' && c <= '9') return c - '0';
    if (c >= 'a' && c <= 'f') return c - 'a' + 10;
    return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
  };
  size_t wrong = std::string_view::npos;
  for (size_t i = 0; i < text.size(); ++i) {
    const int high = text[i] == '%' && i + 2 < text.size() ? kDigit(text[i + 1]) : -1;
    const int low = high >= 0 ? kDigit(text[i + 2]) : -1;
    if (text[i] == '%' && low < 0 && wrong == std::string_view::npos) wrong = i;
    add(low < 0 ? text[i] : static_cast<char>(high << 4 | low));
    if (low >= 0) i += 2;
  }
  return wrong;
}

}  // namespace pflow
