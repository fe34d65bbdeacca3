#include "frontend/openapi/body.h"

#include <fmt/format.h>

#include <algorithm>

#include "frontend/json_schema/choices.h"
#include "frontend/openapi/media.h"
#include "frontend/openapi/members.h"

namespace pflow::openapi {

namespace json = boost::json;

namespace {

using json_schema::Property;

/// As it is sent where the document allows for any.
std::string concrete_type(const Media& media) {
  if (media.type.find('*') == media.type.npos) return media.type;
  if (media.form == "json") return "application/json";
  return media.form == "text" ? "text/plain" : "application/octet-stream";
}

class Body {
 public:
  Body(Signature& signature, const Media& media, bool required)
      : signature_(signature), media_(media), required_(required) {}

  std::string add(std::string_view doc) {
    plan_["type"] = concrete_type(media_);
    plan_["form"] = media_.form;
    schema_ = media_.object->if_contains("schema");
    const bool is_form = media_.form == "form" || media_.form == "multipart";
    std::string problem;
    if (is_form || (media_.form == "json" && is_record()))
      problem = add_fields();
    else
      problem = add_whole(doc);
    if (!problem.empty()) return problem;
    signature_.plan["body"] = std::move(plan_);
    return {};
  }

 private:
  /// Whether it is an object whose properties are known, and nothing else.
  [[nodiscard]] bool is_record() const {
    std::string problem;
    const json::object* object = schema_ != nullptr && schema_->is_object()
                                     ? signature_.document.resolved(*schema_, problem)
                                     : nullptr;
    if (object == nullptr || object->contains("discriminator")) return false;
    if (bool_member(*object, "nullable", false)) return false;
    if (json_schema::choices_add_properties(signature_.document.root(), *object)) return false;
    const json::object* properties = object_member(*object, "properties");
    if (properties != nullptr && !properties->empty()) return true;
    return object->contains("allOf") && !object->contains("oneOf") && !object->contains("anyOf");
  }

  std::string add_whole(std::string_view doc) {
    Property port;
    if (media_.form == "json") {
      Result<json_schema::Type> type = signature_.type_of(schema_, signature_.name + "Body");
      if (!type) return "its body: " + type.message();
      port.type = *type;
    } else {
      port.type.text = media_.form == "text" ? "str" : "bytes";
    }
    port.name = signature_.port_name("body", "request");
    port.doc = doc;
    port.required = required_;
    plan_["port"] = port.name;
    signature_.ports.push_back(std::move(port));
    return {};
  }

  std::string add_fields() {
    if (schema_ == nullptr) return "its form has no fields";
    Result<std::vector<Property>> fields = signature_.types.properties(*schema_, signature_.name);
    if (!fields) return "its body: " + fields.message();
    // A body that may be missing, but not without some of its fields, is one value.
    const bool needs_all =
        !required_ && std::ranges::any_of(*fields, &Property::required) && media_.form == "json";
    if (fields->empty() || needs_all) {
      if (media_.form != "json") return "its form has no fields";
      return add_whole("");
    }
    json::array parts;
    for (const Property& field : *fields) add_field(field, parts);
    plan_["parts"] = std::move(parts);
    if (required_) plan_["required"] = true;
    return {};
  }

  void add_field(const Property& field, json::array& parts) {
    Property port;
    port.name = signature_.port_name(field.name, "body");
    port.doc = field.doc;
    port.type = field.type;
    port.required = field.required && required_;
    json::object part{{"port", port.name}, {"name", field.name}};
    if (field.required) part["required"] = true;
    if (media_.form != "json") add_encoding(field, part);
    parts.push_back(std::move(part));
    signature_.ports.push_back(std::move(port));
  }

  void add_encoding(const Property& field, json::object& part) {
    const json::object* all = object_member(*media_.object, "encoding");
    const json::object* encoding = all != nullptr ? object_member(*all, field.name) : nullptr;
    if (encoding == nullptr) return;
    for (std::string_view word : {"style", "explode"})
      if (const json::value* said = encoding->if_contains(word)) part[word] = *said;
    if (bool_member(*encoding, "allowReserved", false)) part["reserved"] = true;
    // Of several types that it may have, the first.
    const std::string_view type = text_member(*encoding, "contentType");
    if (!type.empty()) part["type"] = type.substr(0, type.find(','));
  }

  Signature& signature_;
  const Media& media_;
  bool required_;
  const json::value* schema_ = nullptr;
  json::object plan_;
};

}  // namespace

std::string add_body(Signature& signature) {
  const json::value* said = signature.operation.object->if_contains("requestBody");
  if (said == nullptr) return {};
  std::string problem;
  const json::object* body = signature.document.resolved(*said, problem);
  if (body == nullptr) return problem;
  const json::object* content = object_member(*body, "content");
  const Media media = content != nullptr ? best_media(*content) : Media();
  if (media.object == nullptr) return {};
  return Body(signature, media, bool_member(*body, "required", false))
      .add(text_member(*body, "description"));
}

}  // namespace pflow::openapi
