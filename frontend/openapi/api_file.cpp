#include "frontend/openapi/api_file.h"

#include <fmt/format.h>

#include <boost/json.hpp>

#include "frontend/json_schema/json_text.h"

namespace pflow::openapi {
namespace {

namespace json = boost::json;

bool has_text(const json::object& object, std::string_view member) {
  const json::value* found = object.if_contains(member);
  return found != nullptr && found->is_string();
}

/// What is wrong with the operation; empty when nothing is.
std::string check(const json::value& operation) {
  const json::object* object = operation.if_object();
  if (object == nullptr) return "is no object";
  for (std::string_view member : {"method", "path"})
    if (!has_text(*object, member)) return fmt::format("has no text `{}`", member);
  return {};
}

}  // namespace

Result<ApiFile> read_api_file(std::string_view text) {
  Result<json::value> whole = json_schema::read_json(text);
  if (!whole) return Failure(whole.message());
  const json::object* file = whole->if_object();
  const json::value* api = file ? file->if_contains("api") : nullptr;
  if (api == nullptr || !api->is_object() || !has_text(api->get_object(), "url"))
    return Failure(R"(it is no object with a member `"api": { "url": … }`)");
  ApiFile made;
  made.api = json::serialize(*api);
  const json::value* operations = file->if_contains("operations");
  if (operations == nullptr || !operations->is_object())
    return Failure("its `operations` are no object");
  for (const auto& [name, operation] : operations->get_object()) {
    if (std::string wrong = check(operation); !wrong.empty())
      return Failure(fmt::format("its operation `{}` {}", std::string_view(name), wrong));
    made.operations.emplace_back(name, json::serialize(operation));
  }
  return made;
}

}  // namespace pflow::openapi
