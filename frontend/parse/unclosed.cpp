#include "frontend/parse/unclosed.h"

#include <algorithm>

#include "frontend/parse/pasted_text.h"

namespace pflow::parse {

namespace {

using Tok = FlowParser;

bool ends_value(TokenType type) {
  switch (type) {
    case Tok::NAME:
    case Tok::UNAME:
    case Tok::INT:
    case Tok::FLOAT:
    case Tok::DURATION:
    case Tok::TRUE:
    case Tok::FALSE:
    case Tok::NONE:
    case Tok::RAW_STR:
    case Tok::STR_CLOSE:
    case Tok::BLOCK_CLOSE:
    case Tok::RAW_BLOCK_CLOSE:
    case Tok::RPAREN:
    case Tok::RBRACK:
    case Tok::RBRACE: return true;
    default: return false;
  }
}

bool begins_value(TokenType type) {
  switch (type) {
    case Tok::NAME:
    case Tok::UNAME:
    case Tok::IF:
    case Tok::MATCH:
    case Tok::EACH:
    case Tok::PAR:
    case Tok::REPEAT:
    case Tok::RETURN:
    case Tok::END:
    case Tok::ASSERT: return true;
    default: return false;
  }
}

/// Whether the token cannot stand inside of parentheses, or begins a new statement.
bool stands_behind(std::string_view text, const RawToken& before, const RawToken& token,
                   const RawToken& next) {
  if (token.type == Tok::ARROW || token.type == Tok::WITH || token.type == Tok::AS) return true;
  if (token.type == Tok::GT && next.type == Tok::GT && token.end == next.begin) return true;
  std::string_view gap = text.substr(before.end, token.begin - before.end);
  return gap.find('\n') != std::string_view::npos && ends_value(before.type) &&
         begins_value(token.type);
}

/// Where the closing bracket of the frame was probably forgotten.
uint32_t closing_place(std::string_view text, const std::vector<RawToken>& tokens, Frame frame) {
  if (frame.kind != FrameKind::Paren && frame.kind != FrameKind::Bracket) return last_end(tokens);
  size_t at = tokens.size();
  while (at > 0 && tokens[at - 1].begin > frame.begin) --at;
  size_t depth = 0;
  for (size_t i = at; i + 1 < tokens.size(); ++i) {
    switch (tokens[i].type) {
      case Tok::LPAREN:
      case Tok::LBRACK:
      case Tok::LBRACE:
      case Tok::INTERP_OPEN:
      case Tok::STR_OPEN:
      case Tok::BLOCK_OPEN:
      case Tok::RAW_BLOCK_OPEN: ++depth; break;
      case Tok::RPAREN:
      case Tok::RBRACK:
      case Tok::RBRACE:
      case Tok::INTERP_CLOSE:
      case Tok::STR_CLOSE:
      case Tok::BLOCK_CLOSE:
      case Tok::RAW_BLOCK_CLOSE: depth -= depth > 0 ? 1 : 0; break;
      default:
        if (depth == 0 && i > at && stands_behind(text, tokens[i - 1], tokens[i], tokens[i + 1]))
          return tokens[i - 1].end;
    }
  }
  return last_end(tokens);
}

size_t indentation(std::string_view line) {
  size_t text = line.find_first_not_of(" \t");
  return text == std::string_view::npos ? SIZE_MAX : text;
}

}  // namespace

uint32_t last_end(const std::vector<RawToken>& tokens) {
  for (size_t i = tokens.size(); i > 0; --i)
    if (tokens[i - 1].type != Tok::NL) return tokens[i - 1].end;
  return 0;
}

Span opening_span(std::string_view text, Frame frame, const Reports& reports) {
  auto length = static_cast<uint32_t>(opening_text(frame.kind).size());
  if (frame.kind == FrameKind::String) length = quote_length(text, frame.begin);
  return reports.span(frame.begin, frame.begin + length);
}

void report_unclosed(std::string_view text, const std::vector<RawToken>& tokens, Frame frame,
                     Span found, Reports& reports) {
  Span opening = opening_span(text, frame, reports);
  if (is_string(frame.kind)) {
    reports.report(diag::unclosed_string, opening)
        .label("opened here")
        .help(fmt::format("close it with `{}`", closing_text(frame.kind)));
    return;
  }
  auto report = reports.report(diag::unclosed_bracket, opening, opening_text(frame.kind));
  report.label("opened here");
  if (found.end != 0)
    report.secondary(found, fmt::format("expected `{}` before this", closing_text(frame.kind)));
  uint32_t at = closing_place(text, tokens, frame);
  // What stands after an open `${` of several lines may all belong to the text.
  if (frame.kind == FrameKind::Interpolation && found.end == 0)
    return void(report.help("close it with `}`"));
  report.help(fmt::format("close it with `{}`", closing_text(frame.kind)),
              {reports.span(at, at), std::string(closing_text(frame.kind))});
}

size_t closing_quote_below(std::string_view text, uint32_t at) {
  constexpr size_t kMostBytes = 8192;
  size_t quote = text.find('"', at);
  if (quote == std::string_view::npos || quote - at > kMostBytes) return std::string_view::npos;
  // The end of the flow comes before.
  if (text.substr(at, quote - at).find("\n}\n") != std::string_view::npos)
    return std::string_view::npos;
  size_t end = std::min(text.find('\n', quote), text.size());
  std::string_view rest = text.substr(quote, end - quote);
  // Two quotes on the line are a string of its own.
  bool closes = std::ranges::count(rest, '"') % 2 == 1 && !rest.starts_with("\"\"\"") &&
                text[quote - 1] != '\\';
  return closes ? quote : std::string_view::npos;
}

uint32_t closing_quote_here(std::string_view text, uint32_t at, size_t brackets) {
  uint32_t place = at;
  for (uint32_t i = at; i > 0 && brackets > 0; --i) {
    char c = text[i - 1];
    if (c != ')' && c != ']' && c != ' ') break;
    if (c == ' ') continue;
    --brackets;
    place = i - 1;
  }
  return place;
}

std::string as_block_string(std::string_view text, size_t begin, size_t end) {
  std::vector<std::string_view> lines;
  std::string_view inside = text.substr(begin + 1, end - begin - 2);
  for (size_t at = 0; at <= inside.size();) {
    size_t stop = std::min(inside.find('\n', at), inside.size());
    lines.push_back(inside.substr(at, stop - at));
    at = stop + 1;
  }
  size_t least = SIZE_MAX;
  for (size_t i = 1; i < lines.size(); ++i) least = std::min(least, indentation(lines[i]));
  std::string indent;
  for (size_t i = 1; i < lines.size(); ++i)
    if (indentation(lines[i]) == least && least != SIZE_MAX) indent = lines[i].substr(0, least);
  std::string made = "\"\"\"\n";
  for (size_t i = 0; i < lines.size(); ++i) {
    bool blank = indentation(lines[i]) == SIZE_MAX;
    if (blank && (i == 0 || i + 1 == lines.size())) continue;
    if (i == 0) made += indent;
    made += fmt::format("{}\n", blank ? std::string_view() : lines[i]);
  }
  return made + indent + "\"\"\"";
}

}  // namespace pflow::parse
