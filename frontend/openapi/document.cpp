#include "frontend/openapi/document.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "frontend/json_schema/reference.h"
#include "frontend/openapi/members.h"
#include "frontend/openapi/swagger.h"

namespace pflow::openapi {

namespace json = boost::json;

namespace {

constexpr std::string_view kMethods[] = {"get",  "put",   "post",  "delete", "options",
                                         "head", "patch", "trace", "query"};
/// A reference that leads to a reference, and so on.
constexpr int kMostSteps = 32;

std::string upper(std::string_view text) {
  std::string made(text);
  for (char& c : made)
    if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
  return made;
}

/// What is wrong with a document of that version; empty when nothing is.
std::string check_paths(const json::object& root) {
  const json::value* paths = root.if_contains("paths");
  if (paths == nullptr)
    return root.contains("webhooks") || root.contains("components")
               ? "it has no `paths`, so there is nothing to call"
               : "it has no `paths`";
  return paths->is_object() ? "" : "its `paths` are no object";
}

}  // namespace

Result<std::unique_ptr<Document>> Document::read(json::value whole) {
  if (!whole.is_object()) return Failure("it is no OpenAPI document: it is no object");
  const json::object& root = whole.get_object();
  const std::string_view version = text_member(root, "openapi");
  if (version.empty() && text_member(root, "swagger") == "2.0") {
    if (std::string wrong = check_paths(root); !wrong.empty()) return Failure(std::move(wrong));
    return std::unique_ptr<Document>(new Document(from_swagger(root)));
  }
  if (version.empty())
    return Failure("it is no OpenAPI document: it has no `openapi: 3.…` and no `swagger: \"2.0\"`");
  if (!version.starts_with("3."))
    return Failure(fmt::format(
        "it is of version {} of OpenAPI; those that can be read are 3.0, 3.1, 3.2 and 2.0",
        version));
  if (std::string wrong = check_paths(root); !wrong.empty()) return Failure(std::move(wrong));
  return std::unique_ptr<Document>(new Document(std::move(whole)));
}

std::string Document::info(std::string_view member) const {
  const json::object* info = object_member(object(), "info");
  return info != nullptr ? std::string(text_member(*info, member)) : std::string();
}

const json::object* Document::resolved(const json::value& value, std::string& problem) const {
  const json::value* at = &value;
  for (int step = 0; step < kMostSteps; ++step) {
    const json::object* object = at->if_object();
    if (object == nullptr) {
      problem = "something is no object that is to be one";
      return nullptr;
    }
    const std::string_view reference = json_schema::reference_of(*object);
    if (reference.empty()) return object;
    at = json_schema::target(root_, reference);
    if (at == nullptr) {
      problem = json_schema::broken_reference(reference);
      return nullptr;
    }
  }
  problem = "a `$ref` leads to itself";
  return nullptr;
}

std::vector<Operation> Document::operations() const {
  std::vector<Operation> all;
  std::set<std::string, std::less<>> ids;
  for (const auto& [path, value] : object().at("paths").get_object()) {
    std::string problem;
    const json::object* item = value.is_object() ? resolved(value, problem) : nullptr;
    if (item == nullptr) continue;
    for (const auto& [method, operation] : *item) {
      if (std::ranges::find(kMethods, std::string_view(method)) == std::end(kMethods)) continue;
      if (!operation.is_object()) continue;
      Operation made{{}, upper(method), path, item, &operation.get_object()};
      made.id = text_member(*made.object, "operationId");
      if (made.id.empty() || !ids.insert(made.id).second) made.id = made.place();
      all.push_back(std::move(made));
    }
  }
  return all;
}

}  // namespace pflow::openapi
