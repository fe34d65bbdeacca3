#include "frontend/query/outline.h"
#include "tools/lsp/requests.h"

namespace pflow::lsp {

namespace {

/// SymbolKind of the protocol.
int symbol_kind(query::OutlineKind kind) {
  switch (kind) {
    case query::OutlineKind::Flow:
    case query::OutlineKind::Node: return 12;    // Function
    case query::OutlineKind::Schema: return 23;  // Struct
    case query::OutlineKind::Type: return 5;     // Class
    case query::OutlineKind::Test: return 6;     // Method
    case query::OutlineKind::Field: return 8;    // Field
    case query::OutlineKind::Parameter:
    case query::OutlineKind::Key: return 13;    // Variable
    case query::OutlineKind::Label: return 24;  // Event
  }
}

json::array symbols(const Session& session, const Analysis& analysis,
                    const std::vector<query::OutlineItem>& items) {
  json::array all;
  for (const query::OutlineItem& item : items) {
    if (!item.name_span.valid()) continue;
    json::object symbol{{"name", text(item.name.empty() ? "?" : item.name)},
                        {"kind", symbol_kind(item.kind)},
                        {"range", session.range(analysis, item.span)},
                        {"selectionRange", session.range(analysis, item.name_span)}};
    if (!item.detail.empty()) symbol["detail"] = text(item.detail);
    if (!item.children.empty()) symbol["children"] = symbols(session, analysis, item.children);
    all.push_back(std::move(symbol));
  }
  return all;
}

}  // namespace

json::value document_symbols(Session& session, const json::value& params) {
  const Analysis& analysis = session.analysis(params);
  return symbols(session, analysis, query::outline(analysis.snapshot));
}

}  // namespace pflow::lsp
