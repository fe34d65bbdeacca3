#include <fmt/format.h>

#include <algorithm>

#include "support/edits.h"
#include "support/json_text.h"
#include "support/render.h"

namespace pflow {
namespace {

/// A place in a message, as rustc's JSON has it.
struct JsonSpan {
  Span span;
  bool primary;
  const std::string* label;        ///< or null
  const std::string* replacement;  ///< or null
  bool certain = false;            ///< of the replacement
};

std::string optional_string(const std::string* text) {
  return text == nullptr || text->empty() ? "null" : json_string(*text);
}

size_t code_points(std::string_view text) {
  return static_cast<size_t>(std::count_if(text.begin(), text.end(), [](char c) {
    return (static_cast<unsigned char>(c) & 0xC0) != 0x80;
  }));
}

/// The lines of the span with the marked columns; no more than a handful of a long one.
std::string lines_json(const SourceMap& sources, Span span, LineColumn from, LineColumn to) {
  constexpr uint32_t kMaxLines = 6;
  constexpr size_t kMaxBytes = 1000;
  std::string out;
  for (uint32_t line = from.line; line <= to.line && line < from.line + kMaxLines; ++line) {
    std::string_view text = sources.line(span.file, line);
    size_t begin = line == from.line ? from.column : 1;
    size_t end = line == to.line ? to.column : code_points(text) + 1;
    if (!out.empty()) out += ',';
    out += fmt::format("{{\"text\":{},\"highlight_start\":{},\"highlight_end\":{}}}",
                       json_string(text.substr(0, kMaxBytes)), begin, end);
  }
  return out;
}

/// As editors count.
std::string range_json(const SourceMap& sources, Span span) {
  EditorPosition from = editor_position(sources, span.file, span.begin);
  EditorPosition to = editor_position(sources, span.file, span.end);
  return fmt::format(
      "{{\"start\":{{\"line\":{},\"character\":{}}},\"end\":{{\"line\":{},\"character\":{}}}}}",
      from.line, from.character, to.line, to.character);
}

std::string span_json(const SourceMap& sources, const JsonSpan& place) {
  auto size = static_cast<uint32_t>(sources.text(place.span.file).size());
  Span span{place.span.file, std::min(place.span.begin, size), std::min(place.span.end, size)};
  LineColumn from = sources.line_column(span.file, span.begin);
  LineColumn to = sources.line_column(span.file, span.end);
  std::string replacement = place.replacement == nullptr ? "null" : json_string(*place.replacement);
  std::string_view applicability = place.certain ? "\"MachineApplicable\"" : "\"MaybeIncorrect\"";
  return fmt::format(
      "{{\"file_name\":{},\"byte_start\":{},\"byte_end\":{},\"line_start\":{},\"line_end\":{},"
      "\"column_start\":{},\"column_end\":{},\"is_primary\":{},\"text\":[{}],\"label\":{},"
      "\"suggested_replacement\":{},\"suggestion_applicability\":{},\"range\":{}}}",
      json_string(sources.name(span.file)), span.begin, span.end, from.line, to.line, from.column,
      to.column, place.primary, lines_json(sources, span, from, to), optional_string(place.label),
      replacement, place.replacement == nullptr ? "null" : applicability,
      range_json(sources, span));
}

std::string child_json(std::string_view level, const std::string& message,
                       const std::string& spans) {
  return fmt::format(
      "{{\"message\":{},\"code\":null,\"level\":\"{}\",\"spans\":[{}],\"children\":[],"
      "\"rendered\":null}}",
      json_string(message), level, spans);
}

void append(std::string& list, const std::string& item) {
  if (!list.empty()) list += ',';
  list += item;
}

std::string children_json(const Diagnostic& diagnostic, const SourceMap& sources) {
  std::string children;
  for (const std::string& note : diagnostic.notes) append(children, child_json("note", note, ""));
  for (const Help& help : diagnostic.helps) {
    std::string spans;
    for (const Edit& edit : help.edits)
      append(spans, span_json(sources, {edit.span, true, nullptr, &edit.text, help.certain}));
    append(children, child_json("help", help.text, spans));
  }
  return children;
}

}  // namespace

std::string render_json(const Diagnostic& diagnostic, const SourceMap& sources) {
  std::string spans;
  if (diagnostic.span.valid())
    append(spans, span_json(sources, {diagnostic.span, true, &diagnostic.label, nullptr}));
  for (const Label& label : diagnostic.secondary)
    append(spans, span_json(sources, {label.span, false, &label.text, nullptr}));
  return fmt::format(
      "{{\"$message_type\":\"diagnostic\",\"version\":1,\"message\":{},"
      "\"code\":{{\"code\":\"{}\",\"explanation\":null}},\"level\":\"{}\",\"spans\":[{}],"
      "\"children\":[{}],\"rendered\":{}}}\n",
      json_string(diagnostic.message), diagnostic_code(*diagnostic.info),
      severity_word(diagnostic.severity), spans, children_json(diagnostic, sources),
      json_string(render_text(diagnostic, sources, false)));
}

}  // namespace pflow
