#include <boost/json.hpp>

#include "support/display_width.h"
#include "tools/graph/forms.h"
#include "tools/json/node_json.h"

namespace pflow::graph {
namespace {

namespace json_of = boost::json;

json_of::string text(std::string_view bytes) { return json_of::string(bytes.data(), bytes.size()); }

void add(json_of::object& to, std::string_view name, std::string_view value) {
  if (!value.empty()) to[name] = text(value);
}

void add(json_of::object& to, std::string_view name, const std::vector<std::string>& values) {
  if (values.empty()) return;
  json_of::array made;
  for (const std::string& value : values) made.push_back(text(value));
  to[name] = std::move(made);
}

void add(json_of::object& to, std::string_view name, int number) {
  if (number >= 0) to[name] = number;
}

void add(json_of::object& to, const Place& place) {
  if (place.line == 0) return;
  to["file"] = text(visible_text(place.file));  // names of files may be no UTF-8
  to["line"] = place.line;
  to["column"] = place.column;
}

json_of::object node_of(const Node& node, size_t number) {
  json_of::object made{{"id", number}, {"kind", text(word(node.kind))}};
  add(made, "parent", node.parent);
  if (node.kind == NodeKind::Call) add(made, "group", word(node.group));
  add(made, "title", node.title);
  add(made, "details", node.details);
  add(made, "label", node.label);
  add(made, "keys", node.keys);
  add(made, "policies", node.policies);
  add(made, "source", node.source);
  add(made, node.place);
  add(made, "site", node.site);
  add(made, "effects", node.effects);
  add(made, "callee", node.callee);
  add(made, "flow", node.flow);
  if (node.over_stream) made["stream"] = true;
  return made;
}

json_of::object edge_of(const Edge& edge) {
  json_of::object made{{"from", edge.from}, {"to", edge.to}, {"kind", text(word(edge.kind))}};
  add(made, "label", edge.label);
  return made;
}

/// An item a line, so that a change of the program is one of few lines.
class Lines {
 public:
  explicit Lines(std::string& out) : out_(out) { out_ += '['; }
  void add(const json_of::object& item) {
    begin();
    out_ += json_of::serialize(item);
  }
  void begin() {
    out_ += first_ ? "\n" : ",\n";
    first_ = false;
  }
  void end() { out_ += first_ ? "]" : "\n]"; }

 private:
  std::string& out_;
  bool first_ = true;
};

void add_flow(std::string& out, const Flow& flow) {
  json_of::object head = node_object(flow.doc);
  add(head, flow.place);
  out += json_of::serialize(head);
  out.pop_back();
  out += ",\"nodes\":";
  Lines nodes(out);
  for (size_t i = 0; i < flow.nodes.size(); ++i) nodes.add(node_of(flow.nodes[i], i));
  nodes.end();
  out += ",\"edges\":";
  Lines edges(out);
  for (const Edge& edge : flow.edges) edges.add(edge_of(edge));
  edges.end();
  out += '}';
}

}  // namespace

std::string json(const Graph& graph) {
  std::string out = "{\"version\":1,\"flows\":";
  Lines flows(out);
  for (const Flow& flow : graph.flows) {
    flows.begin();
    add_flow(out, flow);
  }
  flows.end();
  out += ",\"callees\":";
  Lines callees(out);
  for (const query::NodeDoc& callee : graph.callees) callees.add(node_object(callee));
  callees.end();
  return out + "}\n";
}

}  // namespace pflow::graph
