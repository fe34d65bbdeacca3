#include "frontend/query/signature_help.h"

#include "tools/lsp/requests.h"

namespace pflow::lsp {

json::value signature_help(Session& session, const json::value& params) {
  TextPlace place = session.text_place(params);
  query::Probe probe(place.document.path, session.files, session.nodes, place.offset);
  std::optional<query::CallHelp> help = query::call_help(probe);
  if (!help) return nullptr;
  Lines lines(help->signature);
  json::array parameters;
  for (const query::CallHelp::Parameter& parameter : help->parameters) {
    json::object made{
        {"label", json::array{lines.position(parameter.begin, session.encoding).character,
                              lines.position(parameter.end, session.encoding).character}}};
    if (!parameter.doc.empty())
      made["documentation"] = json::object{{"kind", "markdown"}, {"value", text(parameter.doc)}};
    parameters.push_back(std::move(made));
  }
  json::object signature{{"label", text(help->signature)}, {"parameters", std::move(parameters)}};
  if (!help->doc.empty())
    signature["documentation"] = json::object{{"kind", "markdown"}, {"value", text(help->doc)}};
  json::object result{{"signatures", json::array{std::move(signature)}}, {"activeSignature", 0}};
  if (help->active) result["activeParameter"] = *help->active;
  return result;
}

}  // namespace pflow::lsp
