/// The requests that the server answers: a row a method, a file a kind.
#pragma once

#include <span>
#include <string_view>

#include "tools/lsp/session.h"

namespace pflow::lsp {

json::value hover(Session& session, const json::value& params);
json::value definition(Session& session, const json::value& params);
json::value document_symbols(Session& session, const json::value& params);
json::value completion(Session& session, const json::value& params);
json::value signature_help(Session& session, const json::value& params);
json::value references(Session& session, const json::value& params);
json::value document_highlights(Session& session, const json::value& params);
json::value prepare_rename(Session& session, const json::value& params);
json::value rename(Session& session, const json::value& params);
json::value semantic_tokens(Session& session, const json::value& params);
json::value semantic_tokens_range(Session& session, const json::value& params);
/// The names of the kinds of tokens.
[[nodiscard]] json::object semantic_tokens_legend();
json::value inlay_hints(Session& session, const json::value& params);
json::value code_actions(Session& session, const json::value& params);
json::value formatting(Session& session, const json::value& params);
json::value folding_ranges(Session& session, const json::value& params);

struct RequestRow {
  std::string_view method;
  json::value (*answer)(Session&, const json::value& params);
  /// Whether an edit that has come already makes the answer worthless: clients ask again.
  bool of_whole_text;
};

[[nodiscard]] std::span<const RequestRow> all_requests();
/// What `initialize` answers as `capabilities`.
[[nodiscard]] json::object capabilities(const Session& session);

/// The notifications `publishDiagnostics` of a document: its own address first, then those of
/// files that it imports and that are not open.
[[nodiscard]] std::vector<json::object> diagnostics_of(Session& session, const Document& document);

/// Text with a declaration in front, as Markdown.
[[nodiscard]] json::object markdown(const std::string& code, const std::string& text);

}  // namespace pflow::lsp
