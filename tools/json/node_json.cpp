#include "tools/json/node_json.h"

#include <boost/json.hpp>

namespace pflow {
namespace {

namespace json = boost::json;
using query::DocKind;
using query::NodeDoc;
using query::PortDoc;

json::string text(std::string_view bytes) { return json::string(bytes.data(), bytes.size()); }

std::string_view kind_word(DocKind kind) {
  switch (kind) {
    case DocKind::Node: return "node";
    case DocKind::Flow: return "flow";
    case DocKind::Schema: return "schema";
    case DocKind::Type: return "type";
  }
}

json::array ports(const std::vector<PortDoc>& ports) {
  json::array made;
  for (const PortDoc& port : ports) {
    json::object each{{"name", text(port.name)}, {"type", text(port.type)}};
    if (!port.fallback.empty()) each["default"] = text(port.fallback);
    if (!port.doc.empty()) each["doc"] = text(port.doc);
    if (port.is_in) each["in"] = true;
    if (port.is_out) each["out"] = true;
    made.push_back(std::move(each));
  }
  return made;
}

json::array words(const std::vector<std::string>& list) {
  json::array made;
  for (const std::string& word : list) made.push_back(text(word));
  return made;
}

}  // namespace

json::object node_object(const NodeDoc& node) {
  const bool is_type = node.kind == DocKind::Schema || node.kind == DocKind::Type;
  json::object made{{"name", text(node.name)},           {"kind", text(kind_word(node.kind))},
                    {"module", text(node.home)},         {"summary", text(node.summary())},
                    {"signature", text(node.signature)}, {"doc", text(node.doc)}};
  if (node.kind == DocKind::Schema) made["fields"] = ports(node.ports);
  if (!is_type) {
    made["ports"] = ports(node.ports);
    made["outputs"] = ports(node.outputs);
    made["pure"] = node.pure;
    made["effects"] = words(node.effects);
    made["actions"] = words(node.actions);
    made["errors"] = words(node.errors);
    made["retries"] = node.retries;
    if (!node.by.empty()) made["by"] = text(node.by);
  }
  if (!node.example.empty()) made["example"] = text(node.example);
  return made;
}

std::string node_json(const std::vector<NodeDoc>& nodes) {
  std::string lines = "[";
  for (const NodeDoc& node : nodes)
    lines += (lines == "[" ? "\n" : ",\n") + json::serialize(node_object(node));
  return lines + "\n]\n";
}

}  // namespace pflow
