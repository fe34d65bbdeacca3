#include "schema.h"

#include "pflow/json_schema.hpp"

namespace pf_models {
namespace {

namespace json = boost::json;

pflow::SchemaWriter writer_of(const pf_type& root) {
  pflow::SchemaWriter writer({pflow::SchemaMembers::Strict});
  writer.note(root);
  return writer;
}

Shape shape_of(json::object schema, pflow::SchemaWriter& writer) {
  json::object definitions = writer.take_definitions();
  bool recursive = !definitions.empty();
  if (recursive) schema["$defs"] = std::move(definitions);
  return {json::serialize(schema), writer.strict(), recursive, writer.unions()};
}

}  // namespace

bool is_wrapped(const pf_type& type) { return type.kind != PF_RECORD && type.kind != PF_MAP; }

Shape answer_shape(const pf_type& type) {
  pflow::SchemaWriter writer = writer_of(type);
  json::object schema;
  if (is_wrapped(type))
    schema = {{"type", "object"},
              {"properties", json::object{{"value", writer.write(type)}}},
              {"required", json::array{"value"}},
              {"additionalProperties", false}};
  else
    schema = writer.in_full(type);
  return shape_of(std::move(schema), writer);
}

Shape input_shape(const pf_tool& tool) {
  pflow::SchemaWriter writer = writer_of(*tool.input);
  json::object schema = writer.in_full(*tool.input);
  schema.erase("description");
  return shape_of(std::move(schema), writer);
}

}  // namespace pf_models
