#include "frontend/format/format.h"

#include "frontend/format/printer.h"
#include "frontend/format/tree_builder.h"
#include "frontend/parse/parse.h"
#include "frontend/parse/source_text.h"
#include "support/check.h"

namespace pflow::format {

namespace {

/// Files keep the line ends of their first line.
std::string_view newline_of(std::string_view text) {
  size_t first = text.find('\n');
  return first != std::string_view::npos && first > 0 && text[first - 1] == '\r' ? "\r\n" : "\n";
}

Diagnostics mistakes(FileId file, FileRole role, const SourceMap& sources) {
  Interner names;
  ParseIds ids;
  Diagnostics found;
  parse_file(file, role, sources, names, found, ids);
  return found;
}

/// What the compiler reports, of a program or of an interface: what has fewer mistakes.
void report_broken(FileId file, const SourceMap& sources, Diagnostics& diagnostics) {
  Diagnostics program = mistakes(file, FileRole::Program, sources);
  Diagnostics interface = mistakes(file, FileRole::Interface, sources);
  bool meant = interface.error_count() < program.error_count();
  for (const Diagnostic& each : meant ? interface.all() : program.all()) diagnostics.add(each);
  PFLOW_CHECK(diagnostics.has_errors(), "the formatter does not take what the parser takes");
}

/// Item by item, so that only one of them is in memory as a tree.
std::optional<std::string> lay_out(const SourceTokens& tokens, std::string_view newline) {
  Arena arena;
  TreeBuilder builder(tokens, arena);
  Printer printer(tokens, newline);
  try {
    while (const Node* item = builder.next_item()) {
      printer.item(*item);
      arena.clear();
    }
  } catch (const Misfit&) {
    return std::nullopt;
  }
  return printer.take();
}

}  // namespace

std::optional<std::string> format_file(FileId file, const SourceMap& sources,
                                       Diagnostics& diagnostics) {
  std::string_view text = sources.text(file);
  Diagnostics found;
  parse::Reports reports(file, found);
  Arena arena;
  if (parse::check_source_text(text, reports)) {
    parse::Lexed lexed =
        parse::filter_newlines(parse::lex_raw(text, arena, reports), text, reports);
    if (!found.has_errors()) {
      if (auto made = lay_out(SourceTokens(text, lexed), newline_of(text))) return made;
    }
  }
  report_broken(file, sources, diagnostics);
  return std::nullopt;
}

Result<std::string> format(std::string_view text) {
  SourceMap sources;
  Diagnostics diagnostics;
  FileId file = sources.add("", std::string(text));
  std::optional<std::string> made = format_file(file, sources, diagnostics);
  if (made) return std::move(*made);
  for (const Diagnostic& each : diagnostics.all())
    if (each.severity == Severity::Error) return Failure{each.message};
  PFLOW_UNREACHABLE("a broken file has an error");
}

}  // namespace pflow::format
