/// Types of ours for JSON Schemas.
///
///   Types types(document, names);
///   Result<Type> made = types.of(schema, "Answer");
///   … made->text, and types.declarations() before it
#pragma once

#include <boost/json.hpp>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "frontend/json_schema/names.h"
#include "frontend/json_schema/type.h"
#include "support/result.h"

namespace pflow::json_schema {

class Types {
 public:
  /// `$ref` points into `document`. Types take their names from `names`.
  Types(const boost::json::value& document, NameTable& names);

  /// The type of a schema. A record or sum is declared as `name`, or like it. The failure says
  /// what no type can be found for.
  [[nodiscard]] Result<Type> of(const boost::json::value& schema, const std::string& name);
  /// The properties of an object, those of its `allOf` among them, in their order.
  [[nodiscard]] Result<std::vector<Property>> properties(const boost::json::value& schema,
                                                         const std::string& name);
  /// The schemas and types that were declared, as text.
  [[nodiscard]] std::string declarations() const;

 private:
  using Value = boost::json::value;
  using Object = boost::json::object;

  Result<Type> of_object(const Object& schema, const std::string& name);
  Result<Type> of_reference(std::string_view reference, const std::string& name);
  Result<Type> of_types(const Object& schema, const boost::json::array& types,
                        const std::string& name);
  Result<Type> of_named(std::string_view type, const Object& schema, const std::string& name);
  Result<Type> of_array(const Object& schema, const std::string& name);
  Result<Type> of_record(const Object& schema, const std::string& name);
  Result<Type> of_all(const Object& schema, const std::string& name);
  /// `oneOf` and `anyOf`: without null an optional; texts a literal union; objects that a member
  /// with one text each tells apart a sum; anything else `json`.
  Result<Type> of_choices(const Object& schema, const boost::json::array& choices,
                          const std::string& name);
  Result<Type> sum(const Object& schema, const std::vector<const Value*>& choices,
                   const std::string& name);
  Result<Type> map_of(const Object& schema, const std::string& name);
  std::string declare(const std::string& name, std::string_view doc,
                      const std::vector<Property>& properties, std::string_view tag);
  bool merge(const Value& schema, Object& into, int depth);
  const Value* target(std::string_view reference) const;

  struct Reference {
    std::string type;  ///< empty while it is made, unless it is known to be a record
    bool nullable = false;
    int guards = 0;  ///< how many lists, maps and optionals were around it
  };
  const Value& document_;
  NameTable& names_;
  std::map<std::string, Reference, std::less<>> references_;
  std::map<std::string, std::string> records_;  ///< by what they hold: their names
  std::vector<std::string> declared_;
  int depth_ = 0;
  int guards_ = 0;
};

}  // namespace pflow::json_schema
