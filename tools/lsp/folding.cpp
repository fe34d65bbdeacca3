#include "frontend/query/outline.h"
#include "tools/lsp/requests.h"

namespace pflow::lsp {

json::value folding_ranges(Session& session, const json::value& params) {
  json::array ranges;
  for (const query::Fold& fold : query::folds(session.analysis(params).snapshot)) {
    json::object range{{"startLine", fold.first - 1}, {"endLine", fold.last - 1}};
    if (fold.kind == query::Fold::Kind::Comment) range["kind"] = "comment";
    if (fold.kind == query::Fold::Kind::Imports) range["kind"] = "imports";
    ranges.push_back(std::move(range));
  }
  return ranges;
}

}  // namespace pflow::lsp
