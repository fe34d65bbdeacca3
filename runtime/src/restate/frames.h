/// Messages on a stream of an invocation: a header of eight bytes, the type and the length
/// big-endian, then the message.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace pflow::restate {

/// Their numbers on the wire.
enum class MessageType : uint16_t {
  Start = 0x0000,
  Suspension = 0x0001,
  Error = 0x0002,
  End = 0x0003,
  ProposeRunCompletion = 0x0005,
  RunCompletionAck = 0x0007,
  InputCommand = 0x0400,
  OutputCommand = 0x0401,
  SleepCommand = 0x040c,
  RunCommand = 0x0411,
  SignalNotification = 0xfbff
};

[[nodiscard]] constexpr bool is_command(MessageType type) {
  return static_cast<uint16_t>(type) >= 0x0400 && static_cast<uint16_t>(type) < 0x8000;
}
[[nodiscard]] constexpr bool is_notification(MessageType type) {
  return static_cast<uint16_t>(type) >= 0x8000 && static_cast<uint16_t>(type) < 0xfc00;
}

[[nodiscard]] std::string frame(MessageType type, std::string_view message);

struct Frame {
  MessageType type;
  std::string_view message;
};

/// Takes bytes as they come.
class FrameReader {
 public:
  /// `most`: bytes of a message.
  explicit FrameReader(size_t most) : most_(most) {}

  void add(std::string_view bytes) { bytes_ += bytes; }
  /// The next message, valid until bytes are added. False: it is not whole yet.
  [[nodiscard]] bool next(Frame& out);
  /// A message is larger than any may be.
  [[nodiscard]] bool is_too_large() const { return is_too_large_; }
  /// Nothing is left of what has come.
  [[nodiscard]] bool is_empty() const { return taken_ == bytes_.size(); }

 private:
  const size_t most_;
  std::string bytes_;
  size_t taken_ = 0;
  bool is_too_large_ = false;
};

}  // namespace pflow::restate
