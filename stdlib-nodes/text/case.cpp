// upper and lower: Unicode's simple mapping, one code point for one. ASCII goes
// by blocks that the compiler turns into vector code.
#include <stdint.h>

#include "pieces.h"
#include "text.pf.hpp"

namespace {

/// Every `stride`-th code point from `first` to `last` maps by adding `delta`.
struct CaseRange {
  uint32_t first;
  uint32_t last;
  int32_t stride;
  int32_t delta;
};

#include "case_table.inc"

/// One direction: its letters in ASCII and its table above.
struct Direction {
  char first_letter;
  const CaseRange* ranges;
  size_t range_count;
};
constexpr Direction kToUpper{'a', kUpper, sizeof(kUpper) / sizeof(kUpper[0])};
constexpr Direction kToLower{'A', kLower, sizeof(kLower) / sizeof(kLower[0])};

/// Maps ASCII letters; other bytes are copied. Returns the bits of all bytes.
template <size_t kLength>
inline unsigned char map_block(const char* from, char* to, char first_letter) {
  unsigned char seen = 0;
  for (size_t i = 0; i < kLength; ++i) {
    auto byte = static_cast<unsigned char>(from[i]);
    seen |= byte;
    bool letter = static_cast<unsigned char>(byte - first_letter) < 26;
    to[i] = static_cast<char>(byte ^ (letter ? 0x20 : 0));
  }
  return seen;
}

/// Maps up to the first byte above ASCII; returns the bytes done. Up to a block
/// behind them may have been written, never past `len`.
size_t map_ascii(const char* from, char* to, size_t len, char first_letter) {
  constexpr size_t kBlock = 64;
  size_t done = 0;
  while (len - done >= kBlock &&
         !(map_block<kBlock>(from + done, to + done, first_letter) & 0x80)) {
    done += kBlock;
  }
  while (done < len && !(map_block<1>(from + done, to + done, first_letter) & 0x80)) ++done;
  return done;
}

/// Looks up code points; remembers the range of the last one, since text stays in a script.
class CaseMap {
 public:
  explicit CaseMap(const Direction& direction) : direction_(direction) {}

  /// `code` is above ASCII.
  uint32_t map(uint32_t code) {
    if (!last_ || code < last_->first || code > last_->last) last_ = search(code);
    if (!last_ || (code - last_->first) % static_cast<uint32_t>(last_->stride) != 0) return code;
    return code + static_cast<uint32_t>(last_->delta);
  }

 private:
  const CaseRange* search(uint32_t code) const {
    size_t low = 0;
    size_t high = direction_.range_count;
    while (low < high) {
      size_t middle = (low + high) / 2;
      const CaseRange& range = direction_.ranges[middle];
      if (code < range.first)
        high = middle;
      else if (code > range.last)
        low = middle + 1;
      else
        return &range;
    }
    return nullptr;
  }

  const Direction& direction_;
  const CaseRange* last_ = nullptr;
};

/// A code point above ASCII.
uint32_t decode(const char* at, size_t bytes) {
  auto byte = [at](size_t i) { return static_cast<uint32_t>(static_cast<unsigned char>(at[i])); };
  switch (bytes) {
    case 2: return (byte(0) & 0x1f) << 6 | (byte(1) & 0x3f);
    case 3: return (byte(0) & 0x0f) << 12 | (byte(1) & 0x3f) << 6 | (byte(2) & 0x3f);
    default: break;
  }
  return (byte(0) & 0x07) << 18 | (byte(1) & 0x3f) << 12 | (byte(2) & 0x3f) << 6 | (byte(3) & 0x3f);
}

char* encode(uint32_t code, char* to) {
  auto tail = [code](int shift) { return static_cast<char>(0x80 | (code >> shift & 0x3f)); };
  if (code < 0x80) {
    *to++ = static_cast<char>(code);
  } else if (code < 0x800) {
    *to++ = static_cast<char>(0xc0 | code >> 6);
    *to++ = tail(0);
  } else if (code < 0x10000) {
    *to++ = static_cast<char>(0xe0 | code >> 12);
    *to++ = tail(6);
    *to++ = tail(0);
  } else {
    *to++ = static_cast<char>(0xf0 | code >> 18);
    *to++ = tail(12);
    *to++ = tail(6);
    *to++ = tail(0);
  }
  return to;
}

/// The rest of a text that is not all ASCII. A mapped code point takes at most
/// one and a half times the bytes (two become three).
pf_str map_from(const pf_str& text, size_t done, const char* mapped, const Direction& direction) {
  char* start;
  size_t rest = text.len - done;
  pf_str made = pf_str_new(done + rest + rest / 2, &start);
  memcpy(start, mapped, done);
  char* to = start + done;
  CaseMap map(direction);
  for (size_t at = done; at < text.len;) {
    size_t bytes = pf_text::code_point_bytes(text.data[at]);
    if (bytes == 1) {
      bytes = map_ascii(text.data + at, to, text.len - at, direction.first_letter);
      to += bytes;
    } else {
      to = encode(map.map(decode(text.data + at, bytes)), to);
    }
    at += bytes;
  }
  made.len = static_cast<size_t>(to - start);
  return made;
}

pf_str mapped(const pf_str& text, const Direction& direction) {
  if (text.len == 0) return {};
  char* bytes;
  pf_str made = pf_str_new(text.len, &bytes);
  size_t done = map_ascii(text.data, bytes, text.len, direction.first_letter);
  if (done == text.len) return made;
  pf_str whole = map_from(text, done, bytes, direction);
  pf_str_release(made);
  return whole;
}

}  // namespace

pf_status pfn_text_upper(pf_call*, const upper_in* in, upper_out* out) {
  out->text = mapped(in->text, kToUpper);
  return PF_DONE;
}

pf_status pfn_text_lower(pf_call*, const lower_in* in, lower_out* out) {
  out->text = mapped(in->text, kToLower);
  return PF_DONE;
}
