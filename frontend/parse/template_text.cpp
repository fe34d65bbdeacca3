#include "frontend/parse/template_text.h"

namespace pflow::parse {

namespace {

void append_utf8(std::string& to, uint32_t code) {
  auto put = [&](uint32_t byte) { to.push_back(static_cast<char>(byte)); };
  if (code < 0x80) return put(code);
  if (code < 0x800) {
    put(0xC0 | code >> 6);
  } else if (code < 0x10000) {
    put(0xE0 | code >> 12);
    put(0x80 | (code >> 6 & 0x3F));
  } else {
    put(0xF0 | code >> 18);
    put(0x80 | (code >> 12 & 0x3F));
    put(0x80 | (code >> 6 & 0x3F));
  }
  put(0x80 | (code & 0x3F));
}

/// The digits of `\u{…}`; UINT32_MAX when they name no code point.
uint32_t code_point(std::string_view digits) {
  uint32_t code = 0;
  if (digits.empty() || digits.size() > 6) return UINT32_MAX;
  for (char c : digits) {
    uint32_t digit = 16;
    if (c >= '0' && c <= '9') digit = static_cast<uint32_t>(c - '0');
    if (c >= 'a' && c <= 'f') digit = static_cast<uint32_t>(c - 'a') + 10;
    if (c >= 'A' && c <= 'F') digit = static_cast<uint32_t>(c - 'A') + 10;
    if (digit == 16) return UINT32_MAX;
    code = code * 16 + digit;
  }
  bool surrogate = code >= 0xD800 && code <= 0xDFFF;
  return code > 0x10FFFF || surrogate ? UINT32_MAX : code;
}

std::string decode_code_point(std::string_view escape, Span span, Reports& reports) {
  std::string decoded;
  uint32_t code = code_point(escape.substr(3, escape.size() - 4));
  if (code != UINT32_MAX)
    append_utf8(decoded, code);
  else
    reports.report(diag::not_a_code_point, span, Reports::shorten(escape))
        .label("no code point")
        .help("write 1 to 6 hexadecimal digits, as in `\\u{1F600}`");
  return decoded;
}

bool is_blank(char c) { return c == ' ' || c == '\t'; }

/// Removes the layout of one `"""` string.
class Dedenter {
 public:
  Dedenter(const std::vector<TextPiece>& pieces, Span close, std::string_view source,
           Reports& reports)
      : pieces_(&pieces), close_(close), source_(source), reports_(&reports) {}

  std::vector<std::string> run() {
    find_indentation();
    check_opening();
    for (size_t i = 0; i < pieces_->size(); ++i) {
      const TextPiece& piece = (*pieces_)[i];
      if (piece.value || piece.escape) {
        begin_line_with_value(piece.span.begin);
        continue;
      }
      texts_.emplace_back();
      bool at_end = i + 1 == pieces_->size();
      for (uint32_t at = piece.span.begin; at < piece.span.end;)
        at = copy(at, piece.span.end, at_end);
    }
    return std::move(texts_);
  }

 private:
  /// The blanks between the last newline and the closing quotes.
  void find_indentation() {
    uint32_t begin = close_.begin;
    while (begin > 0 && is_blank(source_[begin - 1])) --begin;
    if (begin > 0 && source_[begin - 1] == '\n') {
      indentation_ = source_.substr(begin, close_.begin - begin);
      // The newline before the closing line does not belong to the text.
      text_end_ = begin - 1;
      if (text_end_ > 0 && source_[text_end_ - 1] == '\r') --text_end_;
      return;
    }
    text_end_ = close_.begin;
    failed_ = true;
    reports_->report(diag::block_string_layout, close_, "the closing `\"\"\"` has text before it")
        .label("stands on its own line")
        .help("put it on a line of its own", {{close_.file, close_.begin, close_.begin}, "\n"});
  }

  void check_opening() {
    if (!pieces_->empty() && !(*pieces_)[0].value && !(*pieces_)[0].escape) {
      Span first = (*pieces_)[0].span;
      uint32_t at = first.begin;
      while (at < first.end && (is_blank(source_[at]) || source_[at] == '\r')) ++at;
      if (at < first.end && source_[at] == '\n') {
        skip_to_ = at + 1;
        line_start_ = true;
        return;
      }
    }
    if (failed_) return;
    uint32_t at = pieces_->empty() ? close_.begin : (*pieces_)[0].span.begin;
    failed_ = true;
    reports_
        ->report(diag::block_string_layout, reports_->span(at, at),
                 "the opening `\"\"\"` has text after it")
        .label("the text begins here")
        .help("begin the text on the next line", {reports_->span(at, at), "\n"});
  }

  /// Copies one character, line end or indentation; gives where to go on.
  uint32_t copy(uint32_t at, uint32_t end, bool last_piece) {
    if (at < skip_to_) return skip_to_;
    if (at >= text_end_) return end;
    if (line_start_) return begin_line(at, end, last_piece);
    if (source_[at] == '\r' && at + 1 < end && source_[at + 1] == '\n') ++at;
    line_start_ = source_[at] == '\n';
    texts_.back().push_back(source_[at]);
    return at + 1;
  }

  /// Skips the indentation of a line; a blank line is empty.
  uint32_t begin_line(uint32_t at, uint32_t end, bool last_piece) {
    line_start_ = false;
    uint32_t text = at;
    while (text < end && is_blank(source_[text])) ++text;
    bool ends_here = text < end ? source_[text] == '\n' || source_[text] == '\r' : last_piece;
    if (ends_here) return text;
    std::string_view blanks = source_.substr(at, text - at);
    if (blanks.starts_with(indentation_)) return at + static_cast<uint32_t>(indentation_.size());
    report_indentation(at, text);
    return text;
  }

  void begin_line_with_value(uint32_t at) {
    if (line_start_ && !indentation_.empty()) report_indentation(at, at);
    line_start_ = false;
  }

  void report_indentation(uint32_t begin, uint32_t end) {
    if (failed_) return;
    failed_ = true;
    reports_
        ->report(diag::block_string_layout, reports_->span(begin, end),
                 "the line is not indented like the closing `\"\"\"`")
        .label("another indentation")
        .secondary(close_, "its indentation is removed from every line")
        .help("indent it like the closing line",
              {reports_->span(begin, end), std::string(indentation_)});
  }

  const std::vector<TextPiece>* pieces_;
  Span close_;
  std::string_view source_;
  Reports* reports_;
  std::string_view indentation_;
  std::vector<std::string> texts_;
  uint32_t text_end_ = 0;
  uint32_t skip_to_ = 0;
  bool line_start_ = false;
  bool failed_ = false;
};

}  // namespace

std::string decode_escape(std::string_view escape, Span span, Reports& reports) {
  if (escape.starts_with("\\u{")) return decode_code_point(escape, span, reports);
  switch (escape.size() == 2 ? escape[1] : '\0') {
    case 'n': return "\n";
    case 't': return "\t";
    case 'r': return "\r";
    case '"': return "\"";
    case '\\': return "\\";
    case '$': return "$";
    default: break;
  }
  reports.report(diag::unknown_escape, span, Reports::shorten(escape))
      .label("no escape")
      .help("write a backslash as `\\\\`", {span, "\\" + std::string(escape)})
      .help("in `r\"…\"` a backslash stands for itself");
  return {};
}

std::vector<std::string> dedent(const std::vector<TextPiece>& pieces, Span close,
                                std::string_view source, Reports& reports) {
  return Dedenter(pieces, close, source, reports).run();
}

}  // namespace pflow::parse
