#include "frontend/query/filled_ports.h"
#include "tools/lsp/requests.h"

namespace pflow::lsp {

json::value inlay_hints(Session& session, const json::value& params) {
  const Analysis& analysis = session.analysis(params);
  const query::Snapshot& snapshot = analysis.snapshot;
  const json::value* range = member(params, "range");
  Span within =
      range == nullptr ? Span{snapshot.file(), 0, UINT32_MAX} : session.span(analysis, *range);
  json::array all;
  for (const query::Hint& hint : query::hints(snapshot, analysis.occurrences())) {
    if (hint.offset < within.begin || hint.offset > within.end) continue;
    Span at{snapshot.file(), hint.offset, hint.offset};
    json::object place = session.range(analysis, at);
    std::string label = hint.is_type || hint.is_first ? hint.label : ", " + hint.label;
    json::object made{
        {"position", place.at("start")}, {"label", text(label)}, {"kind", hint.is_type ? 1 : 2}};
    if (!hint.insert.empty())
      made["textEdits"] =
          json::array{json::object{{"range", place}, {"newText", text(hint.insert)}}};
    all.push_back(std::move(made));
  }
  return all;
}

}  // namespace pflow::lsp
