/// Whether the generated lexer alone finds the tokens that it finds together with quick_tokens.h.
#pragma once

#include <string_view>

#include "frontend/parse/lex.h"
#include "frontend/parse/source_text.h"

namespace pflow {

/// The tokens, and what was reported with its places.
struct LexedText {
  Arena arena;
  Diagnostics diagnostics;
  parse::RawTokens raw;

  LexedText(std::string_view text, parse::Lexing lexing) {
    parse::Reports reports(FileId(0), diagnostics);
    if (parse::check_source_text(text, reports)) raw = parse::lex_raw(text, arena, reports, lexing);
  }
};

inline bool lexed_alike(std::string_view text) {
  LexedText quick(text, parse::Lexing::Quick);
  LexedText plain(text, parse::Lexing::Grammar);
  auto same_token = [](const parse::RawToken& a, const parse::RawToken& b) {
    return a.begin == b.begin && a.end == b.end && a.type == b.type && a.synthetic == b.synthetic;
  };
  auto same_doc = [](const parse::Doc& a, const parse::Doc& b) {
    return a.index == b.index && a.text == b.text;
  };
  auto same_report = [](const Diagnostic& a, const Diagnostic& b) {
    return a.info == b.info && a.span == b.span && a.message == b.message;
  };
  return std::ranges::equal(quick.raw.tokens, plain.raw.tokens, same_token) &&
         std::ranges::equal(quick.raw.docs, plain.raw.docs, same_doc) &&
         quick.raw.file_doc == plain.raw.file_doc && quick.raw.mistakes == plain.raw.mistakes &&
         std::ranges::equal(quick.diagnostics.all(), plain.diagnostics.all(), same_report);
}

}  // namespace pflow
