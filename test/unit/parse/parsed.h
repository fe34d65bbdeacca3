/// Parses a text as one file, for tests.
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "frontend/parse/parse.h"

namespace pflow {

struct Parsed {
  SourceMap sources;
  Interner names;
  Diagnostics diagnostics;
  ParseIds ids;
  std::unique_ptr<ast::File> file;

  explicit Parsed(std::string text, FileRole role = FileRole::Program);

  /// The printed tree.
  [[nodiscard]] std::string tree() const;
  /// One line a report: `2:5 PF0119 expected a name, found `=``.
  [[nodiscard]] std::string errors() const;
  /// The text with the first edit of each report made.
  [[nodiscard]] std::string edited() const;
};

/// The printed statements of `flow main() { … }`, without their indentation;
/// what was reported instead, if anything was.
std::string statements(std::string_view text);
/// The printed value of `let x = …`, or what was reported.
std::string expression(std::string_view text);
/// What is reported for the statements of `flow main() { … }`, which begin in line 2.
std::string statement_errors(std::string_view text);

}  // namespace pflow
