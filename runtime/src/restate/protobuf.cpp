#include "runtime/src/restate/protobuf.h"

namespace pflow::restate {
namespace {

enum WireType : uint32_t { kVarint = 0, kFixed64 = 1, kLength = 2, kFixed32 = 5 };

uint64_t tag(uint32_t field, WireType type) { return uint64_t{field} << 3 | type; }

}  // namespace

void ProtoWriter::varint(uint64_t value) {
  for (; value >= 0x80; value >>= 7) bytes_ += static_cast<char>(value | 0x80);
  bytes_ += static_cast<char>(value);
}

void ProtoWriter::number(uint32_t field, uint64_t value) {
  if (value == 0) return;
  varint(tag(field, kVarint));
  varint(value);
}

void ProtoWriter::text(uint32_t field, std::string_view bytes) {
  if (!bytes.empty()) message(field, bytes);
}

void ProtoWriter::message(uint32_t field, std::string_view bytes) {
  varint(tag(field, kLength));
  varint(bytes.size());
  bytes_ += bytes;
}

bool ProtoReader::next() {
  if (rest_.empty() || broken_) return false;
  uint64_t tag = 0;
  number_ = 0;
  text_ = {};
  bool is_right = varint(tag) && tag >> 3 != 0 && tag >> 32 == 0;
  field_ = static_cast<uint32_t>(tag >> 3);
  switch (tag & 7) {
    case kVarint: is_right = is_right && varint(number_); break;
    case kFixed64: is_right = is_right && fixed(8); break;
    case kFixed32: is_right = is_right && fixed(4); break;
    case kLength: is_right = is_right && with_length(); break;
    default: is_right = false;  // groups, which nobody writes any more
  }
  broken_ = !is_right;
  return is_right;
}

bool ProtoReader::varint(uint64_t& out) {
  out = 0;
  for (unsigned shift = 0; shift < 64 && !rest_.empty(); shift += 7) {
    const auto byte = static_cast<unsigned char>(rest_.front());
    rest_.remove_prefix(1);
    if (shift == 63 && byte > 1) return false;
    out |= static_cast<uint64_t>(byte & 0x7f) << shift;
    if (byte < 0x80) return true;
  }
  return false;
}

bool ProtoReader::fixed(unsigned bytes) {
  if (rest_.size() < bytes) return false;
  for (unsigned i = bytes; i-- > 0;) number_ = number_ << 8 | static_cast<unsigned char>(rest_[i]);
  rest_.remove_prefix(bytes);
  return true;
}

bool ProtoReader::with_length() {
  uint64_t length = 0;
  if (!varint(length) || length > rest_.size()) return false;
  text_ = rest_.substr(0, length);
  rest_.remove_prefix(length);
  return true;
}

}  // namespace pflow::restate
