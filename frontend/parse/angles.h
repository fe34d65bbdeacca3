/// How deep types nest by `<`, which is no bracket: the parser looks ahead over a whole
/// argument, which may be one.
#pragma once

#include "frontend/parse/tokens.h"

namespace pflow::parse {

inline bool stands_in_type(TokenType type) {
  switch (type) {
    case FlowParser::NAME:
    case FlowParser::UNAME:
    case FlowParser::NODE:
    case FlowParser::DOT:
    case FlowParser::COMMA:
    case FlowParser::BAR:
    case FlowParser::QUESTION:
    case FlowParser::GT:
    case FlowParser::LBRACK:
    case FlowParser::RBRACK:
    case FlowParser::LPAREN:
    case FlowParser::RPAREN:
    case FlowParser::STR_OPEN:
    case FlowParser::STR_TEXT:
    case FlowParser::STR_CLOSE: return true;
    default: return false;
  }
}

class Angles {
 public:
  /// With one token more; `map<map<…` too many times.
  bool too_deep(TokenType type) {
    if (type == FlowParser::LT)
      ++open_;
    else if (type == FlowParser::GT && open_ > 0)
      --open_;
    else if (!stands_in_type(type))
      open_ = 0;
    return open_ > kMost;
  }

 private:
  /// Comparisons count, too, so that it is more than types may have.
  static constexpr size_t kMost = 2000;
  size_t open_ = 0;
};

}  // namespace pflow::parse
