#include <fmt/format.h>

#include "frontend/query/describe.h"
#include "tools/lsp/requests.h"

namespace pflow::lsp {

json::object markdown(const std::string& code, const std::string& text) {
  std::string value = code.empty() ? std::string() : fmt::format("```pf\n{}\n```", code);
  if (!text.empty()) value += (value.empty() ? "" : "\n\n") + text;
  return {{"kind", "markdown"}, {"value", lsp::text(value)}};
}

json::value hover(Session& session, const json::value& params) {
  Place place = session.place(params);
  const query::Snapshot& snapshot = place.snapshot();
  const query::Occurrence* found = place.analysis.occurrences().at(snapshot.file(), place.offset);
  if (found == nullptr) return nullptr;
  query::Description shown = query::describe(snapshot, *found);
  if (shown.code.empty() && shown.text.empty()) return nullptr;
  return json::object{{"contents", markdown(shown.code, shown.text)},
                      {"range", session.range(place.analysis, found->span)}};
}

}  // namespace pflow::lsp
