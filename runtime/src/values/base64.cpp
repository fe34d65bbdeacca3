#include "runtime/src/values/base64.h"

#include "runtime/src/values/buffer.h"

namespace pflow::rt {
namespace {

constexpr char kDigits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/// The value of a digit, 64 for any other character.
uint32_t digit_value(char c) {
  if (c >= 'A' && c <= 'Z') return static_cast<uint32_t>(c - 'A');
  if (c >= 'a' && c <= 'z') return static_cast<uint32_t>(c - 'a' + 26);
  if (c >= '0' && c <= '9') return static_cast<uint32_t>(c - '0' + 52);
  return c == '+' ? 62 : c == '/' ? 63 : 64;
}

}  // namespace

void add_base64(Buffer& out, pf_str bytes) {
  out.reserve((bytes.len + 2) / 3 * 4);
  for (size_t i = 0; i < bytes.len; i += 3) {
    size_t left = bytes.len - i;
    uint32_t group = 0;
    for (size_t k = 0; k < 3; ++k)
      group = group << 8 | (k < left ? static_cast<unsigned char>(bytes.data[i + k]) : 0);
    for (size_t k = 0; k < 4; ++k) out.add(k <= left ? kDigits[group >> (18 - 6 * k) & 63] : '=');
  }
}

bool read_base64(Buffer& out, pf_str text) {
  if (text.len % 4 != 0) return false;
  out.reserve(text.len / 4 * 3);
  for (size_t i = 0; i < text.len; i += 4) {
    const char* at = text.data + i;
    bool last = i + 4 == text.len;
    size_t digits = !last || at[3] != '=' ? 4 : at[2] != '=' ? 3 : 2;
    uint32_t group = 0;
    for (size_t k = 0; k < 4; ++k) {
      uint32_t value = k < digits ? digit_value(at[k]) : 0;
      if (value == 64) return false;
      group = group << 6 | value;
    }
    if (digits == 3 && (group & 0xff) != 0) return false;
    if (digits == 2 && (group & 0xffff) != 0) return false;
    for (size_t k = 0; k + 1 < digits; ++k) out.add(static_cast<char>(group >> (16 - 8 * k)));
  }
  return true;
}

}  // namespace pflow::rt

bool pf_base64_decode(const pf_str* text, pf_str* out) {
  pflow::rt::Buffer bytes;
  if (!pflow::rt::read_base64(bytes, *text)) return false;
  *out = bytes.take();
  return true;
}
