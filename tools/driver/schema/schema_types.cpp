#include "tools/driver/schema/schema_types.h"

#include <fmt/format.h>

#include <boost/json.hpp>

#include "frontend/format/format.h"
#include "frontend/json_schema/types.h"
#include "tools/driver/schema/document_text.h"

namespace pflow::schema {
namespace {

namespace json = boost::json;

/// `order` of `schemas/order.schema.json`.
std::string stem(const std::string& path) {
  const std::string name = path.substr(path.rfind('/') + 1);
  return name.substr(0, name.find('.', 1));
}

std::string name_of(const json::value& schema, const std::string& path) {
  const json::object* object = schema.if_object();
  const json::value* title = object != nullptr ? object->if_contains("title") : nullptr;
  const bool has_title = title != nullptr && title->is_string() && !title->get_string().empty();
  return json_schema::type_name(has_title ? std::string(title->get_string()) : stem(path));
}

}  // namespace

Result<SchemaTypes> schema_types(const std::string& path, FileSystem& files) {
  Result<std::string> text = files.read(path);
  if (!text) return Failure(fmt::format("`{}`: {}", path, text.message()));
  Result<json::value> schema = read_document_text(*text);
  if (!schema) return Failure(fmt::format("`{}`, {}", path, schema.message()));
  json_schema::NameTable names = json_schema::type_names();
  json_schema::Types types(*schema, names);
  const std::string name = name_of(*schema, path);
  Result<json_schema::Type> made = types.of(*schema, name);
  if (!made) return Failure(fmt::format("`{}`: {}", path, made.message()));
  SchemaTypes all{made->text, types.declarations()};
  const bool is_declared = made->text.front() >= 'A' && made->text.front() <= 'Z';
  if (!is_declared || made->nullable) {
    all.name = names.take(name);
    all.declarations += fmt::format("{}type {} = {}\n", all.declarations.empty() ? "" : "\n",
                                    all.name, made->whole());
  }
  Result<std::string> laid_out = format::format(all.declarations);
  if (laid_out) all.declarations = *laid_out;
  return all;
}

}  // namespace pflow::schema
