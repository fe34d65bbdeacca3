#include "runtime/src/restate/frames.h"

namespace pflow::restate {
namespace {

constexpr size_t kHeader = 8, kLength = 4;

uint32_t number(std::string_view bytes) {
  uint32_t value = 0;
  for (const char byte : bytes) value = value << 8 | static_cast<unsigned char>(byte);
  return value;
}

void add_number(std::string& out, uint32_t value, unsigned bytes) {
  while (bytes-- > 0) out += static_cast<char>(value >> 8 * bytes);
}

}  // namespace

/// Behind the type stand two bytes of flags, of which none is set here.
std::string frame(MessageType type, std::string_view message) {
  std::string out;
  out.reserve(kHeader + message.size());
  add_number(out, static_cast<uint32_t>(type), 2);
  add_number(out, 0, 2);
  add_number(out, static_cast<uint32_t>(message.size()), kLength);
  out += message;
  return out;
}

bool FrameReader::next(Frame& out) {
  const std::string_view rest = std::string_view(bytes_).substr(taken_);
  const bool has_header = rest.size() >= kHeader;
  const size_t size = has_header ? number(rest.substr(kHeader - kLength, kLength)) : 0;
  is_too_large_ = size > most_;
  if (!has_header || is_too_large_ || rest.size() - kHeader < size) {
    bytes_.erase(0, taken_);
    taken_ = 0;
    return false;
  }
  out = {static_cast<MessageType>(number(rest.substr(0, 2))), rest.substr(kHeader, size)};
  taken_ += kHeader + size;
  return true;
}

}  // namespace pflow::restate
