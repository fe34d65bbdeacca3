#include <algorithm>
#include <array>

#include "tools/lsp/requests.h"
#include "tools/lsp/uri.h"

namespace pflow::lsp {

namespace {

/// What is there and never does anything, which clients show faded.
constexpr std::array<std::string_view, 6> kUnnecessary = {"unused_label",    "unused_stub",
                                                          "unreachable_arm", "duplicate_pattern",
                                                          "value_unused",    "unreachable_stage"};

int severity_number(Severity severity) {
  switch (severity) {
    case Severity::Error: return 1;
    case Severity::Warning: return 2;
    case Severity::Note: return 3;
  }
}

/// What the compiler prints, without the source lines.
std::string message_of(const Diagnostic& diagnostic) {
  std::string message = diagnostic.message;
  if (!diagnostic.label.empty()) message += ": " + diagnostic.label;
  for (const std::string& note : diagnostic.notes) message += "\nnote: " + note;
  for (const Help& help : diagnostic.helps) message += "\nhelp: " + help.text;
  return message;
}

json::object diagnostic_json(Session& session, const Analysis& analysis,
                             const Diagnostic& diagnostic, Span span) {
  const std::string code = diagnostic_code(*diagnostic.info);
  json::object made{{"range", session.range(analysis, span)},
                    {"severity", severity_number(diagnostic.severity)},
                    {"code", text(code)},
                    {"source", "pflowc"},
                    {"message", text(message_of(diagnostic))}};
  if (!session.pages.empty())
    made["codeDescription"] =
        json::object{{"href", text(uri_of(session.pages + "/" + code + ".md"))}};
  if (std::ranges::find(kUnnecessary, diagnostic.info->name) != kUnnecessary.end())
    made["tags"] = json::array{1};
  json::array related;
  for (const Label& label : diagnostic.secondary)
    related.push_back(json::object{{"location", session.location(analysis, label.span)},
                                   {"message", text(label.text)}});
  if (!related.empty()) made["relatedInformation"] = std::move(related);
  return made;
}

}  // namespace

std::vector<json::object> diagnostics_of(Session& session, const Document& document) {
  const Analysis& analysis = session.analysis_of(document.path);
  const query::Snapshot& snapshot = analysis.snapshot;
  json::array own;
  std::map<std::string, json::array> others;
  std::vector<Diagnostic> found = snapshot.diagnostics.all();
  std::ranges::stable_sort(found, {}, [](const Diagnostic& each) { return each.span.begin; });
  for (const Diagnostic& diagnostic : found) {
    bool elsewhere = diagnostic.span.valid() && diagnostic.span.file != snapshot.file();
    Span span = diagnostic.span.valid() ? diagnostic.span : Span{snapshot.file(), 0, 0};
    if (!elsewhere) {
      own.push_back(diagnostic_json(session, analysis, diagnostic, span));
      continue;
    }
    const std::string uri = session.uri(snapshot, span.file);
    if (session.documents.find(uri) == nullptr)
      others[uri].push_back(diagnostic_json(session, analysis, diagnostic, span));
  }
  std::vector<json::object> all;
  all.push_back({{"uri", text(document.uri)},
                 {"version", document.version},
                 {"diagnostics", std::move(own)}});
  for (auto& [uri, reports] : others)
    all.push_back({{"uri", text(uri)}, {"diagnostics", std::move(reports)}});
  return all;
}

}  // namespace pflow::lsp
