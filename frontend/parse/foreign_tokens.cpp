#include "frontend/parse/foreign_tokens.h"

#include <algorithm>

#include "frontend/habits/habits.h"
#include "frontend/parse/byte_stream.h"
#include "frontend/parse/source_text.h"
#include "support/check.h"

namespace pflow::parse {

namespace {

using Tok = FlowParser;

bool is_ascii(char c) { return (static_cast<unsigned char>(c) & 0x80) == 0; }

struct Operator {
  std::string_view written;
  TokenType type;
  std::string_view here;
  std::string_view help;
};
using habits::kNoEdit;
constexpr Operator kOperators[] = {
#define PFLOW_OPERATOR(written, token, here, help) {written, Tok::token, here, help},
#include "frontend/habits/operators.def"
};

/// With what is meant by pasted characters in their places.
std::string as_meant(std::string_view found) {
  std::string meant;
  for (uint32_t at = 0, length = 0; at < found.size(); at += length) {
    length = utf8_length(found, at);
    const habits::Character* pasted = pasted_character(found, at);
    meant += pasted != nullptr ? pasted->here : found.substr(at, length);
  }
  return meant;
}

TokenType report_operator(std::string_view found, Span span, Reports& reports) {
  const auto* row = std::ranges::find(kOperators, as_meant(found), &Operator::written);
  PFLOW_CHECK(row != std::ranges::end(kOperators), "a foreign operator has a row");
  auto report = reports.report(diag::foreign_operator, span, found);
  if (row->here == kNoEdit) {
    report.label("no operator here").help(std::string(row->help));
  } else {
    report.label(fmt::format("written `{}` here", row->here.substr(0, row->here.find(' '))))
        .help(std::string(row->help), {span, std::string(row->here)})
        .certain();
  }
  return row->type;
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
      .label(found[0] == '`' ? "in back quotes" : "in single quotes")
      .help("write double quotes", {span, quoted + "\""})
      .certain();
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

/// Invisible characters within the token, which is a name or nothing without them.
TokenType report_invisible(std::string_view found, Span span, Reports& reports) {
  std::vector<Edit> edits;
  const habits::Character* first = nullptr;
  for (uint32_t at = 0; at < found.size(); at += utf8_length(found, at)) {
    const habits::Character* invisible = pasted_character(found, at);
    if (invisible == nullptr || !invisible->here.empty()) continue;
    if (first == nullptr) first = invisible;
    uint32_t begin = span.begin + at;
    edits.push_back({{span.file, begin, begin + utf8_length(found, at)}, ""});
  }
  if (first == nullptr) return 0;
  reports.report(diag::unknown_character, edits.front().span, fmt::format("U+{:04X}", first->code))
      .label(std::string(first->name))
      .edits("take it out", std::move(edits))
      .certain();
  return Tok::POISON;
}

/// Letters and symbols outside ASCII that are meant as no others.
TokenType report_outside_ascii(std::string_view found, Span span, Reports& reports) {
  if (TokenType type = report_invisible(found, span, reports); type != 0)
    return std::ranges::any_of(found, is_ascii) ? type : TokenType{0};
  uint32_t first = utf8_length(found, 0);
  bool letters = std::ranges::any_of(found, is_ascii);
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
    case Tok::FOREIGN_OP: return report_operator(found, span, reports);
    case Tok::SLASH_SLASH: report_slashes(found, span, reports); return 0;
    case Tok::BACKQUOTED:
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
