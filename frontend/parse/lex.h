/// Text to tokens, in two steps. `lex_raw` runs the lexer, keeps the
/// bracket stack, balances the brackets and gathers doc comments; it drops the
/// newlines that stand inside `( )`, `[ ]` and `${ }`. `filter_newlines` then
/// drops those after which a statement goes on, and tells a transition's `-`
/// from a minus.
#pragma once

#include <string_view>
#include <vector>

#include "frontend/parse/reports.h"
#include "frontend/parse/tokens.h"
#include "support/arena.h"

namespace pflow::parse {

/// Levels of brackets, strings and expressions inside each other.
inline constexpr size_t kMaxDepth = 256;

struct RawTokens {
  std::vector<RawToken> tokens;  ///< ends with one of type kEndOfFile
  std::vector<Doc> docs;         ///< by index into `tokens`
  std::string_view file_doc;
  std::vector<uint32_t> mistakes;
  bool abandoned = false;
};

/// Who finds tokens: the generated lexer all of them, or only those that quick_tokens.h does not.
/// Both find the same, which tests hold to.
enum class Lexing : uint8_t { Grammar, Quick };

/// `text` has passed check_source_text. Doc comments of several lines are put
/// together in `arena`.
RawTokens lex_raw(std::string_view text, Arena& arena, Reports& reports,
                  Lexing lexing = Lexing::Quick);

Lexed filter_newlines(RawTokens raw, std::string_view text, Reports& reports);

}  // namespace pflow::parse
