#include "tools/lsp/requests.h"

namespace pflow::lsp {

namespace {

/// The reports of the client that this diagnostic is.
json::array same_reports(const json::value& params, const json::object& range,
                         const std::string& code) {
  json::array found;
  for (const json::value& report : array_at(params, "context.diagnostics")) {
    const json::value* place = member(report, "range");
    if (place != nullptr && *place == json::value(range) && string_at(report, "code") == code)
      found.push_back(report);
  }
  return found;
}

json::object edit_json(Session& session, const Analysis& analysis, const Help& help) {
  json::object changes;
  for (const Edit& edit : help.edits) {
    json::value& edits = changes[session.uri(analysis.snapshot, edit.span.file)];
    if (!edits.is_array()) edits = json::array();
    edits.as_array().push_back(
        json::object{{"range", session.range(analysis, edit.span)}, {"newText", text(edit.text)}});
  }
  return {{"changes", std::move(changes)}};
}

size_t with_edits(const Diagnostic& diagnostic) {
  size_t count = 0;
  for (const Help& help : diagnostic.helps) count += help.edits.empty() ? 0 : 1;
  return count;
}

}  // namespace

json::value code_actions(Session& session, const json::value& params) {
  const Analysis& analysis = session.analysis(params);
  const json::value* range = member(params, "range");
  Span wanted = session.span(analysis, range == nullptr ? json::value() : *range);
  json::array actions;
  for (const Diagnostic& diagnostic : analysis.snapshot.diagnostics.all()) {
    Span span = diagnostic.span;
    if (span.file != wanted.file || span.end < wanted.begin || span.begin > wanted.end) continue;
    json::array reports =
        same_reports(params, session.range(analysis, span), diagnostic_code(*diagnostic.info));
    for (const Help& help : diagnostic.helps) {
      if (help.edits.empty()) continue;
      json::object action{{"title", text(help.text)},
                          {"kind", "quickfix"},
                          {"edit", edit_json(session, analysis, help)}};
      if (!reports.empty()) action["diagnostics"] = reports;
      if (with_edits(diagnostic) == 1) action["isPreferred"] = true;
      actions.push_back(std::move(action));
    }
  }
  return actions;
}

}  // namespace pflow::lsp
