#include "tools/lsp/requests.h"

namespace pflow::lsp {

json::value definition(Session& session, const json::value& params) {
  Place place = session.place(params);
  const query::Snapshot& snapshot = place.snapshot();
  const query::Occurrence* found = place.analysis.occurrences().at(snapshot.file(), place.offset);
  if (found == nullptr) return nullptr;
  std::optional<Span> declared = query::declared_at(snapshot, found->entity);
  if (!declared || !declared->valid()) return nullptr;
  return session.location(place.analysis, *declared);
}

}  // namespace pflow::lsp
