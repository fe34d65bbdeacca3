#include "frontend/openapi/swagger.h"

#include <fmt/format.h>

#include "frontend/json_schema/reference.h"
#include "frontend/openapi/members.h"

namespace pflow::openapi {

namespace json = boost::json;

namespace {

/// What a parameter of 2.0 says in itself, 3.0 in its schema.
constexpr std::string_view kSchemaWords[] = {"type",    "format",  "items",   "enum",
                                             "default", "minimum", "maximum", "collectionFormat"};

json::array media_types(const json::object& operation, const json::object& document,
                        std::string_view member) {
  const json::array* own = array_member(operation, member);
  const json::array* all = own != nullptr ? own : array_member(document, member);
  return all != nullptr && !all->empty() ? *all : json::array{"application/json"};
}

json::object schema_of(const json::object& parameter) {
  json::object schema;
  for (std::string_view word : kSchemaWords)
    if (const json::value* found = parameter.if_contains(word))
      if (word != "collectionFormat") schema[word] = *found;
  if (text_member(schema, "type") == "file") {
    schema["type"] = "string";
    schema["format"] = "binary";
  }
  return schema;
}

void set_style(json::object& parameter, std::string_view format) {
  if (format == "multi") {
    parameter["explode"] = true;
    return;
  }
  if (format == "ssv") parameter["style"] = "spaceDelimited";
  if (format == "pipes") parameter["style"] = "pipeDelimited";
  if (format == "tsv") parameter["style"] = "tabDelimited";
  parameter["explode"] = false;
}

class Operations {
 public:
  explicit Operations(const json::object& document) : document_(document) {}

  json::object operation(const json::object& from, const json::array& of_path) const {
    json::object made = from;
    json::array parameters;
    json::object form;
    json::array required;
    for (const json::array* list : {&of_path, array_member(from, "parameters")})
      for (const json::value& each : list != nullptr ? *list : json::array())
        add(each, from, made, parameters, form, required);
    made["parameters"] = std::move(parameters);
    if (!form.empty()) set_form(made, from, form, required);
    if (const json::object* responses = object_member(from, "responses"))
      made["responses"] = this->responses(*responses, from);
    return made;
  }

 private:
  const json::object* resolved(const json::value& value) const {
    const json::object* object = value.if_object();
    if (object == nullptr || json_schema::reference_of(*object).empty()) return object;
    const json::object* places = object_member(document_, "parameters");
    const json::object* answers = object_member(document_, "responses");
    const std::string name = json_schema::last_name(json_schema::reference_of(*object));
    const bool is_answer = json_schema::reference_of(*object).starts_with("#/responses/");
    const json::object* place = is_answer ? answers : places;
    return place != nullptr ? object_member(*place, name) : nullptr;
  }

  void add(const json::value& value, const json::object& from, json::object& made,
           json::array& parameters, json::object& form, json::array& required) const {
    const json::object* parameter = resolved(value);
    if (parameter == nullptr) {
      parameters.push_back(value);  // a reference that leads nowhere is told later
      return;
    }
    const std::string_view in = text_member(*parameter, "in");
    if (in == "body") {
      json::object content;
      const json::value* schema = parameter->if_contains("schema");
      for (const json::value& type : media_types(from, document_, "consumes"))
        if (type.is_string())
          content[type.get_string()] =
              json::object{{"schema", schema ? *schema : json::value(json::object())}};
      made["requestBody"] = json::object{{"required", bool_member(*parameter, "required", false)},
                                         {"content", content}};
      return;
    }
    json::object schema = schema_of(*parameter);
    if (in == "formData") {
      const std::string_view name = text_member(*parameter, "name");
      schema["description"] = text_member(*parameter, "description");
      if (bool_member(*parameter, "required", false)) required.emplace_back(name);
      form[name] = std::move(schema);
      return;
    }
    json::object copy = *parameter;
    copy["schema"] = std::move(schema);
    if (text_member(*parameter, "type") == "array")
      set_style(copy, text_member(*parameter, "collectionFormat"));
    parameters.emplace_back(std::move(copy));
  }

  void set_form(json::object& made, const json::object& from, const json::object& form,
                const json::array& required) const {
    bool has_file = false;
    for (const auto& [name, schema] : form)
      has_file = has_file || text_member(schema.get_object(), "format") == "binary";
    const json::array types = media_types(from, document_, "consumes");
    for (const json::value& type : types)
      has_file = has_file || (type.is_string() && type.get_string() == "multipart/form-data");
    json::object schema{{"type", "object"}, {"properties", form}, {"required", required}};
    json::object content;
    content[has_file ? "multipart/form-data" : "application/x-www-form-urlencoded"] =
        json::object{{"schema", schema}};
    made["requestBody"] = json::object{{"required", !required.empty()}, {"content", content}};
  }

  json::object responses(const json::object& from, const json::object& operation) const {
    json::object made;
    for (const auto& [status, value] : from) {
      const json::object* response = resolved(value);
      if (response == nullptr) {
        made[status] = value;
        continue;
      }
      json::object copy = *response;
      if (const json::value* schema = response->if_contains("schema")) {
        json::object content;
        for (const json::value& type : media_types(operation, document_, "produces"))
          if (type.is_string()) content[type.get_string()] = json::object{{"schema", *schema}};
        copy["content"] = std::move(content);
      }
      made[status] = std::move(copy);
    }
    return made;
  }

  const json::object& document_;
};

json::array servers(const json::object& document) {
  const std::string base(text_member(document, "basePath"));
  const std::string host(text_member(document, "host"));
  json::array made;
  const json::array* schemes = array_member(document, "schemes");
  std::string scheme = "https";
  if (schemes != nullptr && !schemes->empty()) {
    bool has_https = false;
    for (const json::value& each : *schemes)
      has_https = has_https || (each.is_string() && each.get_string() == "https");
    if (!has_https) scheme = "http";
  }
  const std::string url = !host.empty()  ? fmt::format("{}://{}{}", scheme, host, base)
                          : base.empty() ? "/"
                                         : base;
  made.push_back(json::object{{"url", url}});
  return made;
}

json::object schemes(const json::object& document) {
  json::object made;
  const json::object* known = object_member(document, "securityDefinitions");
  if (known == nullptr) return made;
  for (const auto& [name, value] : *known) {
    json::value scheme = value;
    if (scheme.is_object() && text_member(scheme.get_object(), "type") == "basic")
      scheme = json::object{{"type", "http"}, {"scheme", "basic"}};
    made[name] = std::move(scheme);
  }
  return made;
}

}  // namespace

json::value from_swagger(const json::object& document) {
  json::object made = document;
  made["openapi"] = "3.0.3";
  made["servers"] = servers(document);
  made["components"] = json::object{{"securitySchemes", schemes(document)}};
  const Operations operations(document);
  for (auto& [path, value] : made["paths"].get_object()) {
    json::object* item = value.if_object();
    if (item == nullptr) continue;
    const json::array* own = array_member(*item, "parameters");
    const json::array shared = own != nullptr ? *own : json::array();
    item->erase("parameters");
    for (auto& [method, operation] : *item)
      if (operation.is_object()) operation = operations.operation(operation.get_object(), shared);
  }
  return made;
}

}  // namespace pflow::openapi
