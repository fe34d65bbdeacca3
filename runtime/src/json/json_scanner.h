/// Strict JSON (RFC 8259), read piece by piece from a text that is UTF-8.
#pragma once

#include "pflow/abi.h"
#include "runtime/src/values/buffer.h"

namespace pflow::rt {

class JsonScanner {
 public:
  /// Deeper documents are refused.
  static constexpr uint32_t kMaxDepth = 1000;

  /// A byte order mark before the document is skipped (RFC 8259, 8.1).
  explicit JsonScanner(const pf_str& text)
      : begin_(text.data),
        at_(text.data + pf_byte_order_mark(text.data, text.len)),
        end_(text.data + text.len) {}

  /// The first character of what comes next, blanks skipped; 0 at the end.
  char next() {
    while (at_ != end_ && (*at_ == ' ' || *at_ == '\n' || *at_ == '\t' || *at_ == '\r')) ++at_;
    return at_ == end_ ? '\0' : *at_;
  }

  // What follows returns false after a mistake, which is then in `mistake`.

  /// Takes the `[` or `{` that stands next.
  bool open();
  /// Whether the list or object goes on: takes its separator, or its `close`.
  bool more(bool first, char close, bool* goes_on);
  /// An object's key and its colon. The text is valid until the next one is read.
  bool key(pf_str* out);
  bool string(pf_str* out);
  /// `true`, `false`, `null`.
  bool word(const char* word);
  /// A number as it stands; `*integral` when it has neither fraction nor exponent.
  bool number(pf_str* out, bool* integral);
  /// Any value, checked but not kept.
  bool skip();
  /// Nothing but blanks until the end.
  bool end();

  [[nodiscard]] const char* mistake() const { return mistake_; }
  [[nodiscard]] size_t offset() const { return static_cast<size_t>(at_ - begin_); }
  /// To come back to what has been skipped: an offset in front of it.
  void rewind(size_t offset, uint32_t depth) {
    at_ = begin_ + offset;
    depth_ = depth;
  }
  [[nodiscard]] uint32_t depth() const { return depth_; }
  bool fail(const char* mistake) {
    if (!mistake_) mistake_ = mistake;
    return false;
  }

 private:
  bool escaped_string(const char* start, pf_str* out);
  bool escape();
  bool code_unit(uint32_t* out);
  bool skip_nested();
  bool skip_string();
  bool skip_scalar(char first);

  const char* begin_;
  const char* at_;
  const char* end_;
  const char* mistake_ = nullptr;
  uint32_t depth_ = 0;
  Buffer unescaped_;
};

}  // namespace pflow::rt
