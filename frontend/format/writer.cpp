#include "frontend/format/writer.h"

#include <algorithm>

#include "frontend/format/node_maker.h"
#include "frontend/parse/source_text.h"
#include "support/check.h"

namespace pflow::format {

Writer::Writer(const SourceTokens& tokens, std::string_view newline)
    : tokens_(&tokens), newline_(newline), position_(parse::byte_order_mark(tokens.source())) {
  out_.reserve(tokens.source().size() + tokens.source().size() / 8);
}

void Writer::put(std::string_view text) {
  bool fresh = out_.empty() || newlines_ > 0;
  if (!out_.empty())
    for (uint32_t i = 0; i < newlines_; ++i) out_ += newline_;
  if (fresh)
    out_.append(column_ = indent_, ' ');
  else if (space_)
    out_ += ' ', ++column_;
  newlines_ = 0;
  space_ = false;
  out_ += text;
  size_t line = text.rfind('\n');
  column_ =
      line == std::string_view::npos ? column_ + columns(text) : columns(text.substr(line + 1));
}

void Writer::add(std::string_view text) { put(text); }

void Writer::tokens(uint32_t begin, uint32_t end) {
  // Behind a `>` that is no type's end a newline is a token, which the layout does without.
  while (next_ < begin && tokens_->type(next_) == Tok::NL) ++next_;
  PFLOW_CHECK(begin == next_ && end > begin, "a token is written twice, or not at all");
  comments(tokens_->begin(begin), false);
  put(tokens_->text(begin, end));
  next_ = end;
  position_ = tokens_->end(end - 1);
}

void Writer::drop(uint32_t token) {
  PFLOW_CHECK(token == next_, "a token is dropped out of turn");
  TokenType type = tokens_->type(token);
  PFLOW_CHECK(type == Tok::COMMA || type == Tok::SEMI || type == Tok::NL,
              "a token is dropped that is no separator");
  ++next_;
}

bool Writer::comment_before(uint32_t token) const {
  return tokens_->source().substr(position_, tokens_->begin(token) - position_).find('#') !=
         std::string_view::npos;
}

void Writer::begin_part(uint32_t token, bool first) {
  newline();
  size_t written = out_.size();
  bool blank = comments(tokens_->begin(token), true);
  if (blank && (!first || out_.size() > written)) newlines_ = 2;
}

void Writer::end_parts(uint32_t token) {
  comments(tokens_->begin(token), true);
  newline();
}

bool Writer::comments(uint32_t end, bool keep_blank) {
  std::string_view source = tokens_->source();
  uint32_t newlines = 0;
  bool own_line = position_ <= parse::byte_order_mark(source);
  bool after_opening =
      out_.empty() || out_.ends_with('{') || out_.ends_with('(') || out_.ends_with('[');
  while (position_ < end) {
    char c = source[position_];
    if (c == '#') {
      uint32_t stop =
          static_cast<uint32_t>(std::min(source.find_first_of("\r\n", position_), source.size()));
      comment(source.substr(position_, stop - position_), own_line,
              keep_blank && newlines > 1 && !after_opening);
      after_opening = false;
      newlines = 0;
      position_ = stop;
      continue;
    }
    PFLOW_CHECK(c == ' ' || c == '\t' || c == '\r' || c == '\n' || c == ',' || c == ';',
                "something stands between two tokens");
    if (c == '\n') {
      ++newlines;
      own_line = true;
    }
    if (c == ',' || c == ';') own_line = false;
    ++position_;
  }
  return newlines > 1;
}

void Writer::comment(std::string_view text, bool own_line, bool after_blank) {
  text = text.substr(0, text.find_last_not_of(" \t") + 1);
  if (own_line || out_.empty()) {
    newlines_ = std::max(newlines_, after_blank ? 2U : 1U);
    space_ = false;
    put(text);
  } else {
    newlines_ = 0;
    space_ = false;
    out_ += "  ";
    out_ += text;
  }
  newlines_ = 1;
}

std::string Writer::take() {
  PFLOW_CHECK(next_ + 1 == tokens_->size(), "a token was not written");
  if (!out_.empty()) out_ += newline_;
  return std::move(out_);
}

}  // namespace pflow::format
