#include "parsed.h"

#include <fmt/format.h>

#include <algorithm>

#include "frontend/ast/print.h"

namespace pflow {

namespace {

/// The lines of `text` from the line `first` on, with `indent` blanks less.
std::string unindented(const std::string& text, size_t first, size_t indent) {
  std::string out;
  size_t begin = 0;
  for (size_t line = 0; begin < text.size(); ++line) {
    size_t end = text.find('\n', begin);
    if (line >= first) out += text.substr(begin + indent, end - begin - indent) + "\n";
    begin = end + 1;
  }
  return out;
}

}  // namespace

Parsed::Parsed(std::string text, FileRole role) {
  FileId id = sources.add("test.pf", std::move(text));
  file = parse_file(id, role, sources, names, diagnostics, ids);
}

std::string Parsed::tree() const { return ast::print(*file, names); }

std::string Parsed::errors() const {
  std::string out;
  for (const Diagnostic& each : diagnostics.all()) {
    LineColumn at = sources.line_column(each.span.file, each.span.begin);
    out +=
        fmt::format("{}:{} {} {}\n", at.line, at.column, diagnostic_code(*each.info), each.message);
  }
  return out;
}

std::string Parsed::edited() const {
  std::vector<Edit> edits;
  for (const Diagnostic& each : diagnostics.all())
    for (const Help& help : each.helps)
      if (!help.edits.empty()) {
        edits.push_back(help.edits[0]);
        break;
      }
  std::sort(edits.begin(), edits.end(),
            [](const Edit& a, const Edit& b) { return a.span.begin > b.span.begin; });
  std::string text(sources.text(file->file));
  for (const Edit& edit : edits)
    text.replace(edit.span.begin, edit.span.end - edit.span.begin, edit.text);
  return text;
}

std::string statements(std::string_view text) {
  Parsed parsed(fmt::format("flow main() {{\n{}\n}}\n", text));
  return parsed.diagnostics.has_errors() ? parsed.errors() : unindented(parsed.tree(), 2, 4);
}

std::string expression(std::string_view text) {
  Parsed parsed(fmt::format("flow main() {{\nlet x = {}\n}}\n", text));
  return parsed.diagnostics.has_errors() ? parsed.errors() : unindented(parsed.tree(), 3, 6);
}

std::string statement_errors(std::string_view text) {
  return Parsed(fmt::format("flow main() {{\n{}\n}}\n", text)).errors();
}

}  // namespace pflow
