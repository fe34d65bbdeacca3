#include "frontend/openapi/parameters.h"

#include <fmt/format.h>

#include <algorithm>

#include "frontend/openapi/members.h"

namespace pflow::openapi {

namespace json = boost::json;

namespace {

struct Style {
  std::string_view in, style;
};
/// The first of a place is what is meant where nothing is said.
constexpr Style kStyles[] = {{"path", "simple"},          {"path", "label"},
                             {"path", "matrix"},          {"query", "form"},
                             {"query", "spaceDelimited"}, {"query", "pipeDelimited"},
                             {"query", "deepObject"},     {"header", "simple"},
                             {"cookie", "form"},          {"cookie", "cookie"}};

bool is_ignored_header(std::string_view name) {
  std::string lower(name);
  for (char& c : lower)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  return lower == "accept" || lower == "content-type" || lower == "authorization";
}

/// Those of the path item, then those of the operation, which win.
std::string collect(const Signature& signature, std::vector<const json::object*>& all) {
  for (const json::object* owner : {signature.operation.item, signature.operation.object})
    if (const json::array* list = array_member(*owner, "parameters"))
      for (const json::value& value : *list) {
        std::string problem;
        const json::object* found = signature.document.resolved(value, problem);
        if (found == nullptr) return problem;
        const auto is_same = [&](const json::object* other) {
          return text_member(*other, "name") == text_member(*found, "name") &&
                 text_member(*other, "in") == text_member(*found, "in");
        };
        std::erase_if(all, is_same);
        all.push_back(found);
      }
  return {};
}

/// The only entry of `content`; null when the parameter has a schema.
const json::object* content_of(const json::object& parameter, std::string_view& type) {
  const json::object* content = object_member(parameter, "content");
  if (content == nullptr || content->empty() || !content->begin()->value().is_object())
    return nullptr;
  type = content->begin()->key();
  return &content->begin()->value().get_object();
}

std::string with_default(std::string_view doc, const json::value* schema) {
  std::string text(doc);
  const json::object* object = schema != nullptr ? schema->if_object() : nullptr;
  const json::value* given = object != nullptr ? object->if_contains("default") : nullptr;
  if (given == nullptr || text.find("efault") != text.npos) return text;
  return fmt::format("{}{}Default: {}", text, text.empty() ? "" : "\n", json::serialize(*given));
}

class Adding {
 public:
  Adding(Signature& signature, json::array& plans) : signature_(signature), plans_(plans) {}

  std::string add(const json::object& parameter) {
    const std::string name(text_member(parameter, "name")), in(text_member(parameter, "in"));
    if (name.empty()) return "one of its parameters has no name";
    if (in == "header" && is_ignored_header(name)) return {};
    json::object plan{{"in", in}, {"name", name}};
    std::string_view media;
    const json::object* content = content_of(parameter, media);
    if (content != nullptr)
      plan["type"] = media;
    else if (std::string wrong = add_style(parameter, name, in, plan); !wrong.empty())
      return wrong;
    const json::value* schema = (content != nullptr ? *content : parameter).if_contains("schema");
    Result<json_schema::Type> type =
        signature_.type_of(schema, signature_.name + json_schema::type_name(name));
    if (!type) return fmt::format("its parameter `{}`: {}", name, type.message());
    json_schema::Property& port = signature_.ports.emplace_back();
    port.name = signature_.port_name(name, in);
    port.doc = with_default(text_member(parameter, "description"), schema);
    port.type = *type;
    port.required = in == "path" || bool_member(parameter, "required", false);
    plan["port"] = port.name;
    plans_.push_back(std::move(plan));
    return {};
  }

 private:
  static std::string add_style(const json::object& parameter, const std::string& name,
                               const std::string& in, json::object& plan) {
    const Style* usual = std::ranges::find(kStyles, std::string_view(in), &Style::in);
    if (usual == std::end(kStyles))
      return fmt::format("its parameter `{}` is in `{}`, where none are known", name, in);
    std::string_view style = text_member(parameter, "style");
    if (style.empty()) style = usual->style;
    if (std::ranges::none_of(
            kStyles, [&](const Style& each) { return each.in == in && each.style == style; }))
      return fmt::format("its parameter `{}` has the style `{}`, which there is none of in `{}`",
                         name, style, in);
    if (style != usual->style) plan["style"] = style;
    const bool usually = style == "form" || style == "deepObject" || style == "cookie";
    const bool explode = bool_member(parameter, "explode", usually);
    if (explode != usually) plan["explode"] = explode;
    if (bool_member(parameter, "allowReserved", false)) plan["reserved"] = true;
    return {};
  }

  Signature& signature_;
  json::array& plans_;
};

/// `{name}` of the path without a parameter.
std::string missing(const Signature& signature, const json::array& plans) {
  const std::string& path = signature.operation.path;
  for (size_t open = path.find('{'); open != path.npos; open = path.find('{', open + 1)) {
    const size_t close = path.find('}', open);
    if (close == path.npos) return "its path has a `{` without `}`";
    const std::string name = path.substr(open + 1, close - open - 1);
    const bool known = std::ranges::any_of(plans, [&](const json::value& plan) {
      return text_member(plan.get_object(), "in") == "path" &&
             text_member(plan.get_object(), "name") == name;
    });
    if (!known) return fmt::format("`{{{}}}` of its path is no parameter", name);
  }
  return {};
}

}  // namespace

std::string add_parameters(Signature& signature) {
  std::vector<const json::object*> all;
  if (std::string wrong = collect(signature, all); !wrong.empty()) return wrong;
  json::array plans;
  Adding adding(signature, plans);
  for (const json::object* parameter : all)
    if (std::string wrong = adding.add(*parameter); !wrong.empty()) return wrong;
  if (std::string wrong = missing(signature, plans); !wrong.empty()) return wrong;
  if (!plans.empty()) signature.plan["parameters"] = std::move(plans);
  return {};
}

}  // namespace pflow::openapi
