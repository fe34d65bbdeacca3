#include "tools/lsp/meaning.h"
#include "tools/lsp/requests.h"

namespace pflow::lsp {

json::value references(Session& session, const json::value& params) {
  Place place = session.place(params);
  std::optional<Meaning> meaning = Meaning::at(session, place);
  if (!meaning) return nullptr;
  bool declarations = bool_at(params, "context.includeDeclaration");
  json::array locations;
  meaning->for_each_program(session, place, [&](const Analysis& analysis) {
    const query::Snapshot& snapshot = analysis.snapshot;
    for (const query::Occurrence& each : analysis.occurrences().in(snapshot.file())) {
      if (!meaning->is(session, snapshot, each.entity)) continue;
      if (declarations || each.role != query::Role::Declares)
        locations.push_back(session.location(analysis, each.span));
    }
  });
  return locations;
}

json::value document_highlights(Session& session, const json::value& params) {
  Place place = session.place(params);
  const query::Snapshot& snapshot = place.snapshot();
  const query::Occurrences& occurrences = place.analysis.occurrences();
  const query::Occurrence* found = occurrences.at(snapshot.file(), place.offset);
  if (found == nullptr) return nullptr;
  json::array highlights;
  for (const query::Occurrence& each : occurrences.in(snapshot.file()))
    if (each.entity == found->entity)
      highlights.push_back(json::object{{"range", session.range(place.analysis, each.span)},
                                        {"kind", each.role == query::Role::Reads ? 2 : 3}});
  return highlights;
}

}  // namespace pflow::lsp
