#include "frontend/query/node_page.h"

#include <fmt/format.h>

#include "frontend/query/signature_parts.h"

namespace pflow::query {
namespace {

std::string rows(const std::vector<PortDoc>& ports) {
  std::string text;
  for (const PortDoc& port : ports)
    if (!port.doc.empty()) text += fmt::format("- `{}`: {}\n", port.name, port.doc);
  return text;
}

std::string field_rows(const std::vector<PortDoc>& fields) {
  std::string text;
  for (const PortDoc& field : fields) {
    text += fmt::format("- `{}: {}", field.name, field.type);
    if (!field.fallback.empty()) text += fmt::format(" = {}", field.fallback);
    text += field.doc.empty() ? "`\n" : fmt::format("`: {}\n", field.doc);
  }
  return text;
}

std::string quoted_list(const std::vector<std::string>& words, std::string_view quote) {
  std::string text;
  for (const std::string& word : words)
    text += fmt::format("{}{}{}{}", text.empty() ? "" : ", ", quote, word, quote);
  return text;
}

}  // namespace

std::string attributes_text(const NodeDoc& node) {
  std::string text;
  auto say = [&](const std::string& sentence) { text += (text.empty() ? "" : " ") + sentence; };
  if (node.pure) say("Pure.");
  if (!node.by.empty()) say(fmt::format("Carried out by `{}`.", node.by));
  if (!node.effects.empty()) say(fmt::format("Effects: {}.", quoted_list(node.effects, "`")));
  if (node.waits) say("Waits without blocking other stages.");
  if (node.preflight) say("Checked before the flow begins.");
  for (const std::string& key : node.keys)
    say(fmt::format("It needs the key `{}`, looked for before the flow runs.", key));
  if (node.settings) say("Its settings are part of the key of `cache`.");
  if (!node.actions.empty())
    say(fmt::format("Actions besides `default` and `error`: {}.", quoted_list(node.actions, "\"")));
  if (!node.errors.empty())
    say(fmt::format("Fails with the kind{} {}.", node.errors.size() == 1 ? "" : "s",
                    quoted_list(node.errors, "`")));
  if (node.retries != 0) say(fmt::format("Retries of its own: {}.", node.retries));
  return text;
}

std::string node_page(const NodeDoc& node, std::string_view heading) {
  std::string text = fmt::format("{} {}\n", heading, node.name);
  auto part = [&](const std::string& what) {
    if (!what.empty()) text += fmt::format("\n{}{}", what, what.ends_with('\n') ? "" : "\n");
  };
  part(node.doc);
  if (node.kind == DocKind::Schema) {
    part(field_rows(node.ports));
    return text;
  }
  part(fmt::format("```\n{}\n```", laid_out(node.signature)));
  part(rows(node.ports));
  if (std::string outputs = rows(node.outputs); !outputs.empty())
    part(fmt::format("Outputs:\n\n{}", outputs));
  part(attributes_text(node));
  if (!node.example.empty()) part(fmt::format("```pf\n{}```", node.example));
  return text;
}

}  // namespace pflow::query
