#include "support/render.h"

#include <fmt/format.h>

#include <algorithm>

#include "support/json_text.h"

namespace pflow {
namespace {

std::vector<const Diagnostic*> in_source_order(const Diagnostics& diagnostics) {
  std::vector<const Diagnostic*> order;
  for (const Diagnostic& diagnostic : diagnostics.all()) order.push_back(&diagnostic);
  std::stable_sort(order.begin(), order.end(), [](const Diagnostic* a, const Diagnostic* b) {
    if (a->span.file != b->span.file) return a->span.file < b->span.file;
    return a->span.begin < b->span.begin;
  });
  return order;
}

std::string counted(size_t count, std::string_view what) {
  return fmt::format("{} more {}{}", count, what, count == 1 ? "" : "s");
}

std::string render_one(const Diagnostic& diagnostic, const SourceMap& sources,
                       const RenderOptions& options) {
  switch (options.format) {
    case ErrorFormat::Text: return render_text(diagnostic, sources, options.color) + '\n';
    case ErrorFormat::Short: return render_short(diagnostic, sources);
    case ErrorFormat::Json: return render_json(diagnostic, sources);
  }
  return {};
}

std::string render_held_back(size_t errors, size_t others, ErrorFormat format) {
  std::string what;
  if (errors != 0) what = counted(errors, "error");
  if (errors != 0 && others != 0) what += " and ";
  if (others != 0) what += counted(others, "warning");
  std::string message = what + " held back (`--error-limit 0` shows all)";
  if (format == ErrorFormat::Json)
    return fmt::format(
        "{{\"$message_type\":\"held_back\",\"errors\":{},\"warnings\":{},\"message\":{}}}\n",
        errors, others, json_string(message));
  return message + '\n';
}

}  // namespace

std::string_view severity_word(Severity severity) {
  switch (severity) {
    case Severity::Error: return "error";
    case Severity::Warning: return "warning";
    case Severity::Note: return "note";
  }
  return {};
}

std::string render(const Diagnostics& diagnostics, const SourceMap& sources,
                   const RenderOptions& options) {
  std::string out;
  size_t errors = 0;
  size_t others = 0;
  size_t limit = options.limit == 0 ? SIZE_MAX : options.limit;
  for (const Diagnostic* diagnostic : in_source_order(diagnostics)) {
    size_t& shown = diagnostic->severity == Severity::Error ? errors : others;
    if (++shown <= limit) out += render_one(*diagnostic, sources, options);
  }
  size_t errors_held = errors - std::min(errors, limit);
  size_t others_held = others - std::min(others, limit);
  if (errors_held + others_held != 0)
    out += render_held_back(errors_held, others_held, options.format);
  return out;
}

}  // namespace pflow
