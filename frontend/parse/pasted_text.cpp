#include "frontend/parse/pasted_text.h"

#include <algorithm>

namespace pflow::parse {

namespace {

bool is_quote(const habits::Character& character) {
  return character.here == "\"" || character.here == "'";
}

bool is_full_width(const habits::Character& character) {
  return character.code == 0x3001 || (character.code >= 0xFF01 && character.code <= 0xFF5E);
}

/// Whether one keyboard or document brought both.
bool of_one_kind(const habits::Character& a, const habits::Character& b) {
  return &a == &b || (is_quote(a) && is_quote(b)) || (a.here == " " && b.here == " ") ||
         (is_full_width(a) && is_full_width(b));
}

/// A blank or an invisible one as its code point.
std::string shown(std::string_view text, Span place, const habits::Character& character) {
  if (character.here.empty() || character.here == " ")
    return fmt::format("U+{:04X}", character.code);
  return fmt::format("`{}`", text.substr(place.begin, place.end - place.begin));
}

std::string advice(const habits::Character& character) {
  if (is_quote(character)) return "strings stand in straight double quotes";
  if (character.here.empty()) return "take it out";
  if (character.here == " ") return "write a blank";
  if (is_full_width(character)) return "write the ASCII characters";
  return fmt::format("write `{}`", character.here);
}

}  // namespace

void report_pasted(std::string_view text, const std::vector<PastedCharacter>& pasted,
                   Reports& reports) {
  std::vector<const habits::Character*> told;
  for (size_t i = 0; i < pasted.size(); ++i) {
    const habits::Character& first = *pasted[i].character;
    if (std::ranges::any_of(told, [&](const auto* other) { return of_one_kind(*other, first); }))
      continue;
    told.push_back(&first);
    std::vector<Edit> edits;
    for (size_t j = i; j < pasted.size(); ++j) {
      const habits::Character& other = *pasted[j].character;
      if (!of_one_kind(other, first)) continue;
      Span place = reports.span(pasted[j].at, pasted[j].at + utf8_length(text, pasted[j].at));
      edits.push_back({place, is_quote(other) ? "\"" : std::string(other.here)});
    }
    Span place = edits.front().span;
    reports.report(diag::unknown_character, place, shown(text, place, first))
        .label(std::string(first.name))
        .edits(advice(first), std::move(edits))
        .certain();
  }
}

void report_fences(std::string_view text, const std::vector<Span>& fences, Reports& reports) {
  if (fences.empty()) return;
  std::vector<Edit> edits;
  for (Span fence : fences) {
    // The whole line with its end.
    Span line = fence;
    while (line.begin > 0 && text[line.begin - 1] != '\n') --line.begin;
    line.end = static_cast<uint32_t>(std::min(text.find('\n', line.end), text.size() - 1) + 1);
    edits.push_back({line, ""});
  }
  reports.report(diag::unknown_character, fences.front(), "```")
      .label("a fence of Markdown")
      .edits("a program stands in its file without fences", std::move(edits))
      .certain();
}

uint32_t quote_length(std::string_view text, uint32_t at) {
  return std::max(1U, utf8_length(text, at));
}

}  // namespace pflow::parse
