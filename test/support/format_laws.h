/// What holds of the layout of any text. Beside test/unit/format, test/fuzz holds to it.
#pragma once

#include <fmt/format.h>

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "frontend/ast/print.h"
#include "frontend/format/format.h"
#include "frontend/parse/parse.h"
#include "support/check.h"

namespace pflow {

/// What the parser makes of a text.
struct ParsedText {
  std::string tree;
  std::vector<std::string> mistakes;  ///< names of the diagnostics

  ParsedText(std::string_view text, FileRole role) {
    SourceMap sources;
    Interner names;
    Diagnostics diagnostics;
    ParseIds ids;
    FileId file = sources.add("laws.pf", std::string(text));
    tree = ast::print(*parse_file(file, role, sources, names, diagnostics, ids), names);
    for (const Diagnostic& each : diagnostics.all()) mistakes.emplace_back(each.info->name);
  }
};

inline std::string format_law_broken_by(std::string_view text);

/// What is wrong with the layout of the text, or nothing: a text without mistakes has one; its
/// tree is the same, as are the mistakes that are none of its syntax; it is its own layout.
inline std::string broken_format_law(std::string_view text) {
  try {
    return format_law_broken_by(text);
  } catch (const BrokenInvariant& broken) {
    return broken.what();
  }
}

inline std::string format_law_broken_by(std::string_view text) {
  SourceMap sources;
  Diagnostics diagnostics;
  FileId file = sources.add("laws.pf", std::string(text));
  std::optional<std::string> made = format::format_file(file, sources, diagnostics);
  bool right = false;
  for (FileRole role : {FileRole::Program, FileRole::Interface}) {
    ParsedText before(text, role);
    right |= before.mistakes.empty();
    if (!made) continue;
    ParsedText after(*made, role);
    if (before.mistakes != after.mistakes)
      return fmt::format("its mistakes were {} and are {} in\n{}", fmt::join(before.mistakes, " "),
                         fmt::join(after.mistakes, " "), *made);
    if (before.mistakes.empty() && before.tree != after.tree)
      return fmt::format("another tree has\n{}", *made);
  }
  if (!made) return right ? "it is right, but has no layout" : "";
  if (!diagnostics.all().empty()) return "there is a report beside a layout";
  Result<std::string> again = format::format(*made);
  if (!again) return fmt::format("its layout has none: {} in\n{}", again.message(), *made);
  return *again == *made ? "" : fmt::format("after\n{}comes\n{}", *made, *again);
}

}  // namespace pflow
