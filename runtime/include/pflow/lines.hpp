/// Lines of a file, pipe or terminal for node authors: read in large chunks that the
/// lines share, so that none costs an allocation. A byte order mark at the start is no
/// part of the first one.
///
///   pflow::LineReader lines(fd);
///   pf_str line;
///   while (lines.next(&line) == pflow::LineReader::Line) { …; pf_str_release(line); }
#pragma once

#include <errno.h>
#include <unistd.h>

#include "pflow/node.hpp"

namespace pflow {

class LineReader {
 public:
  enum Result : unsigned char { Line, End, Unreadable, NotText };

  /// The descriptor stays the caller's. With `keep_returns` the carriage return of a
  /// CRLF stays in the line.
  explicit LineReader(int fd, bool keep_returns = false) : fd_(fd), keep_returns_(keep_returns) {}
  LineReader(const LineReader&) = delete;
  LineReader& operator=(const LineReader&) = delete;
  ~LineReader() { pf_str_release(chunk_); }

  /// The next line without its line ending, handed over; a last one may lack that.
  /// Unreadable: errno says why. NotText: see `problem()`.
  Result next(pf_str* out) {
    for (;;) {
      const void* newline =
          scanned_ < valid_ ? memchr(bytes_ + scanned_, '\n', valid_ - scanned_) : nullptr;
      if (newline) {
        skip_mark();
        take(static_cast<size_t>(static_cast<const char*>(newline) - bytes_), true, out);
        return Line;
      }
      scanned_ = valid_;
      if (Result result = read_more(); result != Line) {
        if (result != End) return result;
        skip_mark();
        if (begin_ == end_) return End;
        take(end_, false, out);
        return Line;
      }
    }
  }

  /// Whether `next` has to read before it can answer.
  [[nodiscard]] bool must_read() const {
    bool has_line = scanned_ < valid_ && memchr(bytes_ + scanned_, '\n', valid_ - scanned_);
    return !has_line && !at_end_ && !is_broken();
  }
  /// Reads once. Line: `must_read` may have become false.
  Result read_more() {
    if (is_broken()) return NotText;
    if (at_end_) return End;
    if (!read_bytes()) return Unreadable;
    valid_ += pf_utf8_valid_prefix(bytes_ + valid_, end_ - valid_);
    return Line;
  }
  /// After NotText: leaves the line out in which the bytes stand, to go on behind it.
  /// Line, or Unreadable.
  Result drop_line() {
    const void* newline;
    while (!(newline = memchr(bytes_ + valid_, '\n', end_ - valid_)) && !at_end_) {
      begin_ = scanned_ = valid_ = end_;
      if (!read_bytes()) return Unreadable;
    }
    begin_ = newline ? static_cast<size_t>(static_cast<const char*>(newline) - bytes_) + 1 : end_;
    scanned_ = begin_;
    valid_ = begin_ + pf_utf8_valid_prefix(bytes_ + begin_, end_ - begin_);
    ++line_;
    return Line;
  }
  /// Goes to a line that begins at that offset of a file, behind `line` others: what is read from
  /// there on moves no offset that others share.
  void go_to(int64_t offset, size_t line) {
    if (chunk_.owner && chunk_.owner->count != 1) {
      pf_str_release(chunk_);
      chunk_ = {};
    }
    begin_ = scanned_ = valid_ = end_ = 0;
    before_ = static_cast<size_t>(offset);
    line_ = line;
    at_end_ = false;
    places_ = true;
  }
  /// Goes to the first line that begins at the offset or behind it, behind one other, as it were.
  /// Line, or Unreadable.
  Result begin_at(int64_t offset) {
    go_to(offset > 0 ? offset - 1 : 0, 1);
    Result result = offset > 0 ? drop_line() : Line;
    line_ = 1;
    return result;
  }
  /// Where the next line begins, from the start of all.
  [[nodiscard]] int64_t offset() const { return static_cast<int64_t>(before_ + begin_); }
  /// The number of the last line, from 1.
  [[nodiscard]] size_t line() const { return line_; }
  /// After NotText: what is wrong, with the offset from the start of all lines, or of the line.
  [[nodiscard]] pf_text_problem problem() const { return problem_at(before_ + valid_); }
  [[nodiscard]] pf_text_problem problem_in_line() const { return problem_at(valid_ - begin_); }

 private:
  [[nodiscard]] pf_text_problem problem_at(size_t offset) const {
    pf_text_problem problem;
    pf_not_text(&problem, bytes_ + valid_, end_ - valid_, offset);
    return problem;
  }

  static constexpr size_t kChunk = size_t{256} * 1024;

  /// Whether what follows is no UTF-8: a code point may be cut at the end of what was read.
  [[nodiscard]] bool is_broken() const {
    constexpr size_t kLongest = 4;
    return end_ - valid_ >= (at_end_ ? 1 : kLongest);
  }

  bool read_bytes() {
    make_room();
    char* to = bytes_ + end_;
    const size_t room = chunk_.len - end_;
    int64_t got =
        places_ ? pread(fd_, to, room, static_cast<off_t>(before_ + end_)) : pf_read(fd_, to, room);
    if (got < 0) return false;
    at_end_ = got == 0;
    end_ += static_cast<size_t>(got);
    return true;
  }

  /// Before the first line is taken, also from a file that has none behind its mark.
  void skip_mark() {
    if (line_ == 0) begin_ += pf_byte_order_mark(bytes_ + begin_, end_ - begin_);
  }

  void take(size_t end, bool terminated, pf_str* out) {
    size_t len = end - begin_;
    if (terminated && !keep_returns_ && len > 0 && bytes_[end - 1] == '\r') --len;
    *out = {};
    if (len != 0) *out = share({bytes_ + begin_, len, chunk_.owner});
    begin_ = scanned_ = end + (terminated ? 1 : 0);
    ++line_;
  }

  /// Makes room behind the line that has begun, in a fresh chunk when lines hold this one.
  void make_room() {
    if (chunk_.owner && end_ < chunk_.len) return;
    size_t kept = end_ - begin_;
    size_t wanted = kept * 2 > kChunk ? kept * 2 : kChunk;
    if (chunk_.owner && chunk_.owner->count == 1 && wanted <= chunk_.len) {
      memmove(bytes_, bytes_ + begin_, kept);
    } else {
      char* bytes;
      pf_str fresh = pf_str_new(wanted, &bytes);
      if (kept != 0) memcpy(bytes, bytes_ + begin_, kept);
      pf_str_release(chunk_);
      chunk_ = fresh;
      bytes_ = bytes;
    }
    before_ += begin_;
    valid_ -= begin_;
    scanned_ -= begin_;
    end_ = kept;
    begin_ = 0;
  }

  int fd_;
  bool keep_returns_;
  bool at_end_ = false;
  bool places_ = false;  ///< it reads a file at the offsets where it is
  pf_str chunk_{};
  char* bytes_ = nullptr;
  size_t begin_ = 0;    ///< of the line that comes next
  size_t scanned_ = 0;  ///< no newline before this
  size_t valid_ = 0;    ///< UTF-8 up to here
  size_t end_ = 0;
  size_t before_ = 0;  ///< bytes of the file before the chunk
  size_t line_ = 0;
};

}  // namespace pflow
