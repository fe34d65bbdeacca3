/// The lines of a process's standard output, as they come.
#pragma once

#include <stddef.h>

#include <string_view>

namespace pf_exec {

class LineReader {
 public:
  /// A longer line is not read.
  static constexpr size_t kLongest = size_t{64} << 20;

  LineReader() = default;
  LineReader(const LineReader&) = delete;
  LineReader& operator=(const LineReader&) = delete;
  ~LineReader();

  /// Room for the next bytes; `*len` says how much.
  char* room(size_t* len);
  void grew(size_t bytes) { end_ += bytes; }
  /// The next whole line, without its end; valid until `room` is called.
  bool next(std::string_view* line);
  /// Whether what is there of a line is longer than a line may be.
  [[nodiscard]] bool is_too_long() const { return end_ - begin_ > kLongest; }
  /// Drops what has come of it.
  void forget() { begin_ = scanned_ = end_; }

 private:
  void make_room(size_t capacity);

  char* bytes_ = nullptr;
  size_t capacity_ = 0;
  size_t begin_ = 0;    ///< of the next line …
  size_t scanned_ = 0;  ///< … up to where it has no end …
  size_t end_ = 0;      ///< … of what has been read
};

}  // namespace pf_exec
