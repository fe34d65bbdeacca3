#include "runtime/src/serve/schemas.h"

#include "runtime/src/serve/flows.h"

namespace pflow::serve {
namespace {

namespace json = boost::json;

/// The items of a stream are a list to who does not take them one by one.
json::object schema_of(SchemaWriter& writer, const pf_type& type) {
  if (type.kind != PF_STREAM) return writer.write(type);
  return {{"type", "array"}, {"items", writer.write(*type.element)}};
}

json::object with_definitions(json::object schema, SchemaWriter& writer) {
  json::object definitions = writer.take_definitions();
  if (!definitions.empty()) schema["$defs"] = std::move(definitions);
  return schema;
}

}  // namespace

void note_results(SchemaWriter& writer, const pf_served& flow) {
  const pf_frame_info& info = *flow.tool->flow;
  for (uint32_t i = 0; i < info.result_count; ++i) {
    const pf_type* type = info.results[i].type;
    writer.note(type->kind == PF_STREAM ? *type->element : *type);
  }
}

json::object input_schema(SchemaWriter& writer, const pf_served& flow) {
  json::object schema = writer.in_full(*flow.tool->input);
  schema.erase("description");  // that of the flow
  return schema;
}

json::object result_schema(SchemaWriter& writer, const pf_served& flow) {
  const pf_frame_info& info = *flow.tool->flow;
  if (info.result_count == 0) return {{"type", "null"}};
  if (info.result_count == 1) return schema_of(writer, *info.results[0].type);
  json::object properties;
  json::array required;
  for (uint32_t i = 0; i < info.result_count; ++i) {
    properties[info.results[i].name] = schema_of(writer, *info.results[i].type);
    required.emplace_back(info.results[i].name);
  }
  return {{"type", "object"},
          {"properties", std::move(properties)},
          {"required", std::move(required)},
          {"additionalProperties", false}};
}

json::object wrapped(json::object result) {
  return {{"type", "object"},
          {"properties", json::object{{"result", std::move(result)}}},
          {"required", json::array{"result"}},
          {"additionalProperties", false}};
}

json::object input_schema(const pf_served& flow) {
  SchemaWriter writer({SchemaMembers::MayMiss});
  writer.note(*flow.tool->input);
  json::object schema = input_schema(writer, flow);
  return with_definitions(std::move(schema), writer);
}

json::object output_schema(const pf_served& flow) {
  SchemaWriter writer({SchemaMembers::All});
  note_results(writer, flow);
  json::object schema = result_schema(writer, flow);
  if (!gives_object(flow)) {
    schema = wrapped(std::move(schema));
  } else if (flow.tool->flow->result_count == 1 && !schema.contains("type")) {
    // Who reads it wants to see at once that it is an object.
    json::object named = {{"type", "object"}};
    for (auto& [key, value] : schema) named[key] = value;
    schema = std::move(named);
  }
  return with_definitions(std::move(schema), writer);
}

}  // namespace pflow::serve
