/// The source lines of one file with marks under them: the middle of a message.
///
///     2 |   let x = "a"
///       |           --- `x` is a str
///   ...
///     5 |   repeat_text(x, x)
///       |                  ^ expected `int`
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "support/paint.h"
#include "support/source.h"

namespace pflow {

/// One marked place; all marks of a snippet lie in one file.
struct Mark {
  Span span;
  std::string_view label;  ///< may be empty
  bool primary;
};

/// How the margin on the left looks; shared by all parts of one message.
struct Gutter {
  size_t width = 1;  ///< digits of the greatest line number
  Ink severity = Ink::Error;
  Paint paint;

  /// `   | ` with an empty place for the number; without blank at the end.
  void bar(std::string& out) const;
  /// ` 12 | ` with `sign` in place of the bar.
  void number(std::string& out, uint32_t line, std::string_view sign = "|") const;
};

/// The last line that any of the marks touches.
[[nodiscard]] uint32_t last_line(const std::vector<Mark>& marks, const SourceMap& sources);

/// Appends the lines with their marks, without the `-->` row.
void write_snippet(std::string& out, const std::vector<Mark>& marks, const SourceMap& sources,
                   const Gutter& gutter);

}  // namespace pflow
