/// Colour of messages on a terminal. Colour never carries meaning alone.
#pragma once

#include <string>
#include <string_view>

namespace pflow {

enum class Ink : unsigned char { Plain, Bold, Error, Warning, Note, Help, Gutter };

class Paint {
 public:
  explicit Paint(bool on) : on_(on) {}

  void write(std::string& out, Ink ink, std::string_view text) const {
    if (!on_ || ink == Ink::Plain || text.empty()) {
      out += text;
      return;
    }
    out += code(ink);
    out += text;
    out += "\x1b[0m";
  }

 private:
  static std::string_view code(Ink ink) {
    switch (ink) {
      case Ink::Error: return "\x1b[1;31m";
      case Ink::Warning: return "\x1b[1;33m";
      case Ink::Note: return "\x1b[1;32m";
      case Ink::Help: return "\x1b[1;36m";
      case Ink::Gutter: return "\x1b[1;34m";
      case Ink::Bold:
      case Ink::Plain: break;
    }
    return "\x1b[1m";
  }

  bool on_;
};

}  // namespace pflow
