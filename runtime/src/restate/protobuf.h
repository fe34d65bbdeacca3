/// Protocol Buffers on the wire, as far as the messages of Restate use them: varints and fields
/// with a length.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace pflow::restate {

class ProtoWriter {
 public:
  // Of what is 0 or empty a field is left out, as a reader takes it for that.

  void number(uint32_t field, uint64_t value);
  void text(uint32_t field, std::string_view bytes);
  /// There also when it is empty: a message within this one.
  void message(uint32_t field, std::string_view bytes);

  [[nodiscard]] const std::string& bytes() const { return bytes_; }

 private:
  void varint(uint64_t value);
  std::string bytes_;
};

class ProtoReader {
 public:
  explicit ProtoReader(std::string_view bytes) : rest_(bytes) {}

  /// Goes to the next field. False: there is none, or what follows is none.
  [[nodiscard]] bool next();
  [[nodiscard]] uint32_t field() const { return field_; }
  /// Of a field that is a varint or has a fixed size, else 0.
  [[nodiscard]] uint64_t number() const { return number_; }
  /// Of a field with a length, else empty.
  [[nodiscard]] std::string_view text() const { return text_; }
  /// All was read, and was right.
  [[nodiscard]] bool is_whole() const { return rest_.empty() && !broken_; }

 private:
  bool varint(uint64_t& out);
  bool fixed(unsigned bytes);
  bool with_length();

  std::string_view rest_;
  std::string_view text_;
  uint64_t number_ = 0;
  uint32_t field_ = 0;
  bool broken_ = false;
};

}  // namespace pflow::restate
