#include "frontend/query/completion.h"

#include <algorithm>

#include "tools/lsp/requests.h"

namespace pflow::lsp {

namespace {

/// CompletionItemKind of the protocol.
int item_kind(query::ItemKind kind) {
  switch (kind) {
    case query::ItemKind::Node: return 3;      // Function
    case query::ItemKind::Key: return 6;       // Variable
    case query::ItemKind::Field: return 5;     // Field
    case query::ItemKind::Port: return 10;     // Property
    case query::ItemKind::Type: return 22;     // Struct
    case query::ItemKind::Policy: return 10;   // Property
    case query::ItemKind::Label: return 23;    // Event
    case query::ItemKind::Action: return 20;   // EnumMember
    case query::ItemKind::Literal: return 12;  // Value
    case query::ItemKind::Keyword: return 14;  // Keyword
    case query::ItemKind::Module: return 9;    // Module
    case query::ItemKind::File: return 17;     // File
  }
}

/// What is written already of what is completed.
uint32_t written_from(std::string_view text, uint32_t offset, query::SpotKind kind) {
  auto belongs = [&](char c) {
    if (kind == query::SpotKind::Import) return c != '"' && c != '/';
    if (kind == query::SpotKind::Literal || kind == query::SpotKind::Action) return c != '"';
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
  };
  while (offset > 0 && text[offset - 1] != '\n' && belongs(text[offset - 1])) --offset;
  return offset;
}

struct Insertion {
  std::string text;
  bool snippet = false;
};

/// Parentheses are put in where the client can place the cursor between them and none follow.
Insertion insertion(const query::CompletionItem& item, bool snippets, bool called) {
  size_t hole = item.insert.find("($0)");
  if (hole == std::string::npos) hole = item.insert.find("<$0>");
  if (hole == std::string::npos) return {item.insert.empty() ? item.label : item.insert, false};
  if (!snippets || called) return {item.insert.substr(0, hole), false};
  return {item.insert, true};
}

}  // namespace

json::value completion(Session& session, const json::value& params) {
  TextPlace place = session.text_place(params);
  std::string_view text = place.document.text;
  query::Probe probe(place.document.path, session.files, session.nodes, place.offset);
  bool called = place.offset < text.size() && text[place.offset] == '(';
  uint32_t from = written_from(text, place.offset, probe.spot().kind);
  auto position = [&](uint32_t offset) {
    return position_json(place.lines.position(offset, session.encoding));
  };
  const json::object range{{"start", position(from)}, {"end", position(place.offset)}};
  json::array items;
  for (const query::CompletionItem& item :
       query::complete(probe, session.standard(), session.nodes.places, session.files)) {
    Insertion insert = insertion(item, session.snippets, called);
    json::object made{
        {"label", lsp::text(item.label)},
        {"kind", item_kind(item.kind)},
        {"sortText", lsp::text(fmt::format("{}{}", item.rank, item.label))},
        {"textEdit", json::object{{"range", range}, {"newText", lsp::text(insert.text)}}}};
    if (insert.snippet) made["insertTextFormat"] = 2;
    if (!item.detail.empty()) made["detail"] = lsp::text(item.detail);
    if (!item.doc.empty())
      made["documentation"] = json::object{{"kind", "markdown"}, {"value", lsp::text(item.doc)}};
    items.push_back(std::move(made));
  }
  return json::object{{"isIncomplete", false}, {"items", std::move(items)}};
}

}  // namespace pflow::lsp
