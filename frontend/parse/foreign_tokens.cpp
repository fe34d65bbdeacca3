#include "frontend/parse/foreign_tokens.h"

#include "frontend/parse/source_text.h"

namespace pflow::parse {

namespace {

using Tok = FlowParser;

void report_operator(std::string_view found, std::string_view wanted, Span span, Reports& reports) {
  reports.report(diag::foreign_operator, span, found)
      .label(fmt::format("written `{}` here", wanted.substr(0, wanted.find(' '))))
      .help(fmt::format("write `{}`", wanted.substr(0, wanted.find(' '))),
            {span, std::string(wanted)});
}

void report_slashes(std::string_view found, Span span, Reports& reports) {
  Span slashes{span.file, span.begin, span.begin + 2};
  reports.report(diag::foreign_operator, slashes, "//")
      .label("a comment begins with `#`")
      .help("write a comment with `#`", {slashes, found.starts_with("// ") ? "#" : "# "})
      .help("`int / int` is the whole part of a division already");
}

void report_single_quotes(std::string_view found, Span span, Reports& reports) {
  std::string quoted = "\"";
  for (char c : found.substr(1, found.size() - 2)) {
    if (c == '"') quoted += '\\';
    quoted += c;
  }
  reports.report(diag::single_quotes, span)
      .label("in single quotes")
      .help("write double quotes", {span, quoted + "\""});
}

void report_number(std::string_view found, Span span, Reports& reports) {
  auto report = reports.report(diag::malformed_number, span, Reports::shorten(found));
  size_t zeros = found.find_first_not_of('0');
  bool digits = found.find_first_not_of("0123456789_") == std::string_view::npos;
  if (digits && zeros > 0 && zeros != std::string_view::npos) {
    report.label("begins with `0`");
    report.help("write it without the `0`", {span, std::string(found.substr(zeros))});
    return;
  }
  report.label("letters after digits");
  if (digits)
    report.help("`_` stands between two digits, as in `1_000`");
  else
    report.help("durations end in `ms`, `s`, `m`, `h` or `d`; a name begins with a letter");
}

void report_character(std::string_view text, uint32_t begin, Span span, Reports& reports) {
  auto code = static_cast<unsigned char>(text[begin]);
  std::string shown = code < 0x20 || code == 0x7F ? fmt::format("U+{:04X}", code)
                                                  : fmt::format("`{}`", text[begin]);
  auto report = reports.report(diag::unknown_character, span, shown);
  report.label("no part of the language");
  if (text[begin] == '\'' || text[begin] == '`') report.help("strings stand in double quotes");
}

/// Letters and symbols outside ASCII: typographic quotes, or a name.
TokenType report_outside_ascii(std::string_view found, Span span, Reports& reports) {
  uint32_t first = utf8_length(found, 0);
  bool begins_name = (static_cast<unsigned char>(found[0]) & 0x80) == 0;
  if (found.starts_with("\xE2\x80\x9C") || found.starts_with("\xE2\x80\x9D") ||
      found.starts_with("\xE2\x80\x98") || found.starts_with("\xE2\x80\x99")) {
    Span quote{span.file, span.begin, span.begin + first};
    reports.report(diag::unknown_character, quote, fmt::format("`{}`", found.substr(0, first)))
        .label("a typographic quote")
        .help("strings stand in straight double quotes", {quote, "\""});
    return Tok::POISON;
  }
  bool letters = begins_name;
  for (char c : found) letters |= (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
  if (letters) {
    reports.report(diag::name_not_ascii, span, Reports::shorten(found))
        .label("not ASCII")
        .help("names are made of ASCII letters, digits and `_`");
    return Tok::POISON;
  }
  Span symbol{span.file, span.begin, span.begin + first};
  reports.report(diag::unknown_character, symbol, fmt::format("`{}`", found.substr(0, first)))
      .label("no part of the language");
  return Tok::POISON;
}

}  // namespace

TokenType report_foreign_token(TokenType type, std::string_view text, uint32_t begin, uint32_t end,
                               Reports& reports) {
  std::string_view found = text.substr(begin, end - begin);
  Span span = reports.span(begin, end);
  switch (type) {
    case Tok::AMP_AMP: report_operator(found, "and", span, reports); return Tok::AND;
    case Tok::BAR_BAR: report_operator(found, "or", span, reports); return Tok::OR;
    case Tok::BANG: report_operator(found, "not ", span, reports); return Tok::NOT;
    case Tok::SLASH_SLASH: report_slashes(found, span, reports); return 0;
    case Tok::SINGLE_QUOTED: report_single_quotes(found, span, reports); return Tok::POISON;
    case Tok::RAW_STR_OPEN:
      reports.report(diag::unclosed_string, span)
          .label("no closing `\"` on this line")
          .help("close it", {reports.span(end, end), "\""})
          .help("raw text of several lines stands in `r\"\"\"`");
      return Tok::POISON;
    case Tok::BAD_NUMBER: report_number(found, span, reports); return Tok::POISON;
    case Tok::BAD_NAME: return report_outside_ascii(found, span, reports);
    default: report_character(text, begin, span, reports); return 0;
  }
}

}  // namespace pflow::parse
