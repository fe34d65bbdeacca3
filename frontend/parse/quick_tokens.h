/// The tokens whose end is seen at once. What the generated lexer takes a table for, step by step,
/// this finds in the same place or leaves to it: names, signs, plain numbers, comments, and what
/// text literals are made of. Whatever is a mistake, or could be one, is left to the lexer.
#pragma once

#include <string_view>

#include "frontend/parse/tokens.h"

namespace pflow::parse {

/// What is around a place: code, or a text literal.
enum class Surroundings : uint8_t { Code, String, Block, RawBlock };

struct QuickToken {
  TokenType type = 0;  ///< 0: left to the lexer
  uint32_t end = 0;
};

/// The token at `at`, where no blank stands.
[[nodiscard]] QuickToken quick_token(std::string_view text, uint32_t at, Surroundings around);

}  // namespace pflow::parse
