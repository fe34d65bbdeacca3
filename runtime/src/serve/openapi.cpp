#include "runtime/src/serve/openapi.h"

#include <boost/json.hpp>

#include "runtime/src/serve/flows.h"
#include "runtime/src/serve/schemas.h"
#include "runtime/src/serve/settings.h"

namespace pflow::serve {
namespace {

namespace json = boost::json;

constexpr std::string_view kSchemas = "#/components/schemas/";

json::object content(json::object schema) {
  return {{"application/json", json::object{{"schema", std::move(schema)}}}};
}

json::object error_schema() {
  const json::object text = {{"type", "string"}};
  json::object told = {
      {"type", "object"},
      {"properties", json::object{{"kind", text}, {"message", text}, {"code", text}, {"data", {}}}},
      {"required", json::array{"kind", "message"}}};
  told["properties"].get_object()["data"] = json::object();
  return {{"type", "object"},
          {"properties", json::object{{"error", std::move(told)}}},
          {"required", json::array{"error"}}};
}

/// The first line of the comment, and all of it.
void describe(json::object& operation, const char* doc) {
  if (!doc || !*doc) return;
  const std::string_view all = doc;
  operation["summary"] = all.substr(0, all.find('\n'));
  operation["description"] = all;
}

json::object operation(const pf_served& flow, SchemaWriter& writer) {
  json::object made = {{"operationId", flow.tool->name}};
  describe(made, flow.tool->doc);
  made["requestBody"] =
      json::object{{"required", true}, {"content", content(input_schema(writer, flow))}};
  json::object given = content(wrapped(result_schema(writer, flow)));
  if (const pf_type* item = stream_item(flow))
    given["text/event-stream"] = json::object{{"schema", writer.write(*item)}};
  json::object refused = {{"description", "It has failed, or was refused"},
                          {"content", content({{"$ref", std::string(kSchemas) + "Error"}})}};
  made["responses"] = json::object{
      {"200", json::object{{"description", "What the flow gives"}, {"content", std::move(given)}}},
      {"default", std::move(refused)}};
  return made;
}

}  // namespace

std::string openapi_document(const pf_program& program) {
  SchemaWriter writer({SchemaMembers::MayMiss, kSchemas});
  for (uint32_t i = 0; i < program.served_count; ++i) {
    writer.note(*program.served[i].tool->input);
    note_results(writer, program.served[i]);
  }
  json::object paths;
  for (uint32_t i = 0; i < program.served_count; ++i) {
    const pf_served& flow = program.served[i];
    paths[std::string("/flows/") + flow.tool->name] =
        json::object{{"post", operation(flow, writer)}};
  }
  json::object schemas = writer.take_definitions();
  schemas["Error"] = error_schema();
  json::object components = {{"schemas", std::move(schemas)}};
  json::object info = {{"title", program.name}, {"version", "1"}};
  if (program.doc && *program.doc) info["description"] = program.doc;
  json::object document = {{"openapi", "3.1.0"}, {"info", std::move(info)}};
  if (settings().token) {
    components["securitySchemes"] =
        json::object{{"token", json::object{{"type", "http"}, {"scheme", "bearer"}}}};
    document["security"] = json::array{json::object{{"token", json::array()}}};
  }
  document["paths"] = std::move(paths);
  document["components"] = std::move(components);
  return json::serialize(document);
}

}  // namespace pflow::serve
