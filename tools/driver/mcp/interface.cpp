#include "tools/driver/mcp/interface.h"

#include <fmt/format.h>

#include <utility>

#include "frontend/json_schema/port_list.h"
#include "frontend/json_schema/types.h"
#include "frontend/sema/calls/builtins.h"

namespace pflow::mcp {
namespace {

namespace json = boost::json;
using json_schema::NameTable;
using json_schema::Property;
using json_schema::Types;

std::string_view text_of(const json::object& object, std::string_view member) {
  const json::value* found = object.if_contains(member);
  return found != nullptr && found->is_string() ? std::string_view(found->get_string()) : "";
}

/// What the server hints of the tool, which is not to be relied upon.
class Hints {
 public:
  explicit Hints(const json::object& tool) {
    const json::value* found = tool.if_contains("annotations");
    hints_ = found != nullptr ? found->if_object() : nullptr;
  }
  [[nodiscard]] bool is(std::string_view hint, bool otherwise) const {
    const json::value* found = hints_ != nullptr ? hints_->if_contains(hint) : nullptr;
    return found != nullptr && found->is_bool() ? found->get_bool() : otherwise;
  }
  /// As the server may tell it: what it says of none says nothing.
  [[nodiscard]] std::string doc() const {
    if (hints_ == nullptr) return {};
    if (is("readOnlyHint", false)) return "It changes nothing.";
    if (hints_->contains("destructiveHint") && is("destructiveHint", true))
      return "It may change or remove what is there.";
    return hints_->contains("readOnlyHint") ? "It changes something." : "";
  }

 private:
  const json::object* hints_;
};

/// A tool as a node.
class NodeMaker {
 public:
  NodeMaker(const json::object& tool, NameTable& nodes, NameTable& types)
      : tool_(tool), name_(text_of(tool, "name")), nodes_(nodes), types_(types) {}

  /// Why there is no node of it; empty: `text` is the node, with the types that it needs.
  std::string make(const std::string& server, bool is_remote) {
    if (const json::value* execution = tool_.if_contains("execution"))
      if (execution->is_object() && text_of(execution->get_object(), "taskSupport") == "required")
        return "it runs as a task of the server only";
    const json::value none = json::object();
    const json::value* input = tool_.if_contains("inputSchema");
    Types types(input != nullptr ? *input : none, types_);
    Result<std::vector<Property>> ports =
        types.properties(input != nullptr ? *input : none, json_schema::type_name(name_));
    if (!ports) return "its arguments cannot be typed: " + ports.message();
    std::string output = "str", output_types;
    if (const json::value* schema = tool_.if_contains("outputSchema"))
      if (std::string why = make_output(*schema, output, output_types); !why.empty()) return why;
    const Hints hints(tool_);
    std::string doc(text_of(tool_, "description"));
    if (doc.empty()) doc = text_of(tool_, "title");
    if (const std::string said = hints.doc(); !said.empty())
      doc += doc.empty() ? said : "\n" + said;
    std::string name = json_schema::value_name(name_);
    if (sema::find_builtin(name) != nullptr) name += '_';
    text = types.declarations() + output_types + json_schema::doc_comment(doc, 0);
    text +=
        fmt::format("node {}({}) -> {} by mcp(\"{}\", {}){}{}\n", nodes_.take(name),
                    json_schema::port_list(ports_of(*std::move(ports))), output, server,
                    json_schema::text_literal(name_), effects(hints, is_remote), repeatable(hints));
    return {};
  }

  std::string text;
  json::object renamed;  ///< by port: the argument, where it is called otherwise

 private:
  /// One member stands for the whole, so that it can be piped; else the whole is one record.
  std::string make_output(const json::value& schema, std::string& output, std::string& declared) {
    Types types(schema, types_);
    const std::string name = json_schema::type_name(name_) + "Result";
    const json::object* object = schema.if_object();
    const json::value* members = object != nullptr ? object->if_contains("properties") : nullptr;
    if (members != nullptr && members->is_object() && members->get_object().size() == 1 &&
        !object->contains("allOf")) {
      Result<std::vector<Property>> only = types.properties(schema, name);
      if (!only) return "its result cannot be typed: " + only.message();
      const Property& member = only->front();
      if (member.required && json_schema::value_name(member.name) == member.name) {
        output = fmt::format("({}: {})", member.name, member.type.whole());
        declared = types.declarations();
        return {};
      }
    }
    Result<json_schema::Type> whole = types.of(schema, name);
    if (!whole) return "its result cannot be typed: " + whole.message();
    output = whole->text == "json" ? "json" : whole->whole();
    declared = types.declarations();
    return {};
  }

  /// With names of ours, which the executable takes back.
  std::vector<Property> ports_of(std::vector<Property> arguments) {
    std::vector<Property> ports = json_schema::required_first(std::move(arguments));
    NameTable names;
    for (Property& port : ports) {
      const std::string name = names.take(json_schema::value_name(port.name));
      if (name != port.name) renamed[name] = std::exchange(port.name, name);
    }
    return ports;
  }

  static std::string effects(const Hints& hints, bool is_remote) {
    std::vector<std::string_view> words;
    if (!hints.is("readOnlyHint", false)) words.emplace_back("fs.write");
    if (!is_remote && hints.is("openWorldHint", true)) words.emplace_back("net");
    return words.empty() ? "" : fmt::format(" effects({})", fmt::join(words, ", "));
  }

  /// Whether a run that goes on may call it again when nobody knows whether it was called.
  static std::string_view repeatable(const Hints& hints) {
    return hints.is("readOnlyHint", false) || hints.is("idempotentHint", false) ? " repeatable"
                                                                                : "";
  }

  const json::object& tool_;
  std::string name_;
  NameTable& nodes_;
  NameTable& types_;
};

json::object locked(const json::object& tool, const json::object& renamed) {
  json::object made;
  for (std::string_view member : {"inputSchema", "outputSchema", "annotations"})
    if (const json::value* found = tool.if_contains(member)) made[member] = *found;
  if (!renamed.empty()) made["ports"] = renamed;
  return made;
}

}  // namespace

Interface make_interface(const std::string& server, const std::string& reach,
                         const json::array& tools, bool is_remote) {
  Interface made;
  NameTable nodes, types = json_schema::type_names();
  made.text =
      fmt::format("# The tools of {}: made by `pflowc mcp add`, which makes it anew.\n", reach);
  for (const json::value& tool : tools) {
    if (!tool.is_object()) continue;
    const std::string name(text_of(tool.get_object(), "name"));
    NodeMaker node(tool.get_object(), nodes, types);
    if (std::string why = node.make(server, is_remote); !why.empty()) {
      made.left_out.emplace_back(name, why);
      made.text += fmt::format("\n# `{}` is left out: {}\n", name, why);
      continue;
    }
    made.text += "\n" + node.text;
    made.locked[name] = locked(tool.get_object(), node.renamed);
  }
  return made;
}

}  // namespace pflow::mcp
