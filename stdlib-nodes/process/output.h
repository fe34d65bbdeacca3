/// What a program prints, as it comes.
#pragma once

#include <stddef.h>

#include "pflow/abi.h"

namespace pf_process {

class Output {
 public:
  Output() = default;
  Output(const Output&) = delete;
  Output& operator=(const Output&) = delete;
  ~Output() { pf_str_release(buffer_); }

  /// Room for the next bytes; `*len` says how much.
  char* room(size_t* len);
  void grew(size_t bytes) { len_ += bytes; }

  [[nodiscard]] const char* data() const { return bytes_; }
  [[nodiscard]] size_t size() const { return len_; }
  void drop_last() { --len_; }
  /// The text; the output is empty afterwards.
  pf_str take();

 private:
  pf_str buffer_{};
  char* bytes_ = nullptr;
  size_t len_ = 0;
};

/// Replaces the bytes that are not UTF-8 by U+FFFD.
pf_str as_utf8(const char* data, size_t len);

/// The last lines of what a program said, shortened to fit a message: empty, or
/// one line behind ": ", or several indented lines behind ":".
pf_str last_words(const Output& output);

}  // namespace pf_process
