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
  return c == '+' || c == '-' ? 62 : c == '/' || c == '_' ? 63 : 64;
}

bool is_blank(char c) { return c == '\n' || c == '\r' || c == ' ' || c == '\t'; }

/// The bytes of a last group that has fewer than four digits; false: bits are left over.
bool add_rest(Buffer& out, uint32_t group, size_t digits) {
  group <<= 6 * (4 - digits);
  if ((group & (digits == 3 ? 0xff : 0xffff)) != 0) return false;
  for (size_t k = 0; k + 1 < digits; ++k) out.add(static_cast<char>(group >> (16 - 8 * k)));
  return true;
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

const char* read_base64(Buffer& out, pf_str text, size_t& offset) {
  out.reserve(text.len / 4 * 3);
  uint32_t group = 0;
  size_t digits = 0, padding = 0, last = 0;
  for (offset = 0; offset < text.len; ++offset) {
    char c = text.data[offset];
    if (is_blank(c)) continue;
    if (c == '=') {
      if (digits + ++padding > 4 || digits < 2) return "padding that does not fit";
      continue;
    }
    uint32_t value = digit_value(c);
    if (value == 64) return "a character that is no digit";
    if (padding != 0) return "a digit behind the padding";
    group = group << 6 | value;
    last = offset;
    if (++digits < 4) continue;
    for (int shift = 16; shift >= 0; shift -= 8) out.add(static_cast<char>(group >> shift));
    group = 0;
    digits = 0;
  }
  if (digits == 1 || (padding != 0 && digits + padding != 4))
    return "an end within a group of four";
  if (digits == 0 || add_rest(out, group, digits)) return nullptr;
  offset = last;
  return "a digit with bits that belong to no byte";
}

}  // namespace pflow::rt

const char* pf_base64_decode(const pf_str* text, pf_str* out, size_t* offset) {
  pflow::rt::Buffer bytes;
  if (const char* wrong = pflow::rt::read_base64(bytes, *text, *offset)) return wrong;
  *out = bytes.take();
  return nullptr;
}
