/// Writes tokens, each exactly once and in their order, with the comments that stand before them.
#pragma once

#include <string>
#include <string_view>

#include "frontend/format/layout.h"
#include "frontend/format/source_tokens.h"

namespace pflow::format {

class Writer {
 public:
  Writer(const SourceTokens& tokens, std::string_view newline);

  /// Indents the lines that begin while it lives.
  class Indent {
   public:
    Indent(Writer& writer, uint32_t columns) : writer_(&writer), columns_(columns) {
      writer_->indent_ += columns_;
    }
    ~Indent() { writer_->indent_ -= columns_; }
    Indent(const Indent&) = delete;
    Indent& operator=(const Indent&) = delete;

   private:
    Writer* writer_;
    uint32_t columns_;
  };

  /// The comments before the token `begin`, then the tokens to before `end` as they stand.
  void tokens(uint32_t begin, uint32_t end);
  /// A separator that is not needed where the layout has a line's end or another one.
  void drop(uint32_t token);
  /// Whether a comment stands before the token that has not been written.
  [[nodiscard]] bool comment_before(uint32_t token) const;
  /// A separator of the layout's own.
  void add(std::string_view text);
  void space() { space_ = true; }
  void newline() { newlines_ = std::max(newlines_, 1U); }
  /// Begins the line of a part that starts with `token`: its comments, and one blank line
  /// where the author has one. There is none before the first part.
  void begin_part(uint32_t token, bool first);
  /// Ends the last line of parts before the bracket `token`.
  void end_parts(uint32_t token);

  /// Where the next token begins.
  [[nodiscard]] uint32_t column() const {
    return newlines_ > 0 ? indent_ : column_ + (space_ ? 1 : 0);
  }
  [[nodiscard]] uint32_t indent() const { return indent_; }
  /// What was written, once all tokens were.
  [[nodiscard]] std::string take();

 private:
  void put(std::string_view text);
  /// The comments up to the offset `end`; says whether a blank line stands before it.
  bool comments(uint32_t end, bool keep_blank);
  void comment(std::string_view text, bool own_line, bool after_blank);

  const SourceTokens* tokens_;
  std::string_view newline_;
  std::string out_;
  uint32_t next_ = 0;      ///< the token to be written or dropped next
  uint32_t position_ = 0;  ///< offset behind what has been written
  uint32_t indent_ = 0;
  uint32_t column_ = 0;
  uint32_t newlines_ = 0;  ///< to be written before the next text: 2 with a blank line
  bool space_ = false;     ///< to be written before the next text of this line
};

}  // namespace pflow::format
