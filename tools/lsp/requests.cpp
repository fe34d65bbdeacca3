#include "tools/lsp/requests.h"

#include <array>

namespace pflow::lsp {

namespace {

constexpr auto kRequests = std::to_array<RequestRow>({
    {"textDocument/hover", hover, true},
    {"textDocument/definition", definition, true},
    {"textDocument/documentSymbol", document_symbols, true},
    {"textDocument/foldingRange", folding_ranges, true},
    {"textDocument/completion", completion, false},
    {"textDocument/signatureHelp", signature_help, false},
    {"textDocument/references", references, true},
    {"textDocument/documentHighlight", document_highlights, true},
    {"textDocument/prepareRename", prepare_rename, true},
    {"textDocument/rename", rename, true},
    {"textDocument/semanticTokens/full", semantic_tokens, true},
    {"textDocument/semanticTokens/range", semantic_tokens_range, true},
    {"textDocument/inlayHint", inlay_hints, true},
    {"textDocument/codeAction", code_actions, true},
    {"textDocument/formatting", formatting, true},
});

}  // namespace

std::span<const RequestRow> all_requests() { return kRequests; }

json::object capabilities(const Session& session) {
  return {
      {"positionEncoding", session.encoding == Encoding::Utf8 ? "utf-8" : "utf-16"},
      {"textDocumentSync", json::object{{"openClose", true}, {"change", 2}}},
      {"hoverProvider", true},
      {"definitionProvider", true},
      {"documentSymbolProvider", true},
      {"foldingRangeProvider", true},
      {"completionProvider", json::object{{"triggerCharacters", json::array{".", "\"", "/"}}}},
      {"signatureHelpProvider", json::object{{"triggerCharacters", json::array{"(", ","}}}},
      {"referencesProvider", true},
      {"documentHighlightProvider", true},
      {"renameProvider", json::object{{"prepareProvider", true}}},
      {"semanticTokensProvider",
       json::object{{"legend", semantic_tokens_legend()}, {"full", true}, {"range", true}}},
      {"inlayHintProvider", true},
      {"documentFormattingProvider", true},
      {"codeActionProvider", json::object{{"codeActionKinds", json::array{"quickfix"}}}},
  };
}

}  // namespace pflow::lsp
