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
#include "frontend/json_schema/uses.h"
#include "support/result.h"

namespace pflow::json_schema {

class Types {
 public:
  /// `$ref` points into `document`. Types take their names from `names`.
  Types(const boost::json::value& document, NameTable& names);

  /// What the types that are made from now on are for. Only those for both uses have the defaults
  /// of their schemas: another server knows its own.
  void set_use(Use use) { use_ = use; }

  /// The type of a schema. A record or sum is declared as `name`, or like it. The failure says
  /// what no type can be found for.
  [[nodiscard]] Result<Type> of(const boost::json::value& schema, const std::string& name);
  /// The properties of an object, those of its `allOf` among them, in their order.
  [[nodiscard]] Result<std::vector<Property>> properties(const boost::json::value& schema,
                                                         const std::string& name);
  /// The schemas and types that were declared, as text.
  [[nodiscard]] std::string declarations() const;

  /// How far the declarations have come.
  struct Mark {
    size_t references, records, declared;
  };
  [[nodiscard]] Mark mark() const;
  /// What was made since is as if it had never been asked for.
  void forget(const Mark& mark);

 private:
  using Value = boost::json::value;
  using Object = boost::json::object;

  Result<Type> of_object(const Object& schema, const std::string& name);
  Result<Type> of_reference(std::string_view reference, const std::string& name);
  Result<Type> of_known_record(const Value& schema, const std::string& taken,
                               const std::string& name);
  Result<Type> of_values(const boost::json::array& values, const Object& schema);
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
  Result<Type> sum_of(const Object& schema, const std::vector<const Value*>& choices,
                      const std::string& name);
  /// One of the objects of a sum.
  struct Variant {
    Object schema;     ///< the whole of it
    std::string name;  ///< of its schema, where that has one
    std::string tag;
    std::string tag_property;
  };
  /// The variants of a schema that `reference` points to; empty: it is no sum, or nothing tells
  /// them apart.
  std::vector<Variant> variants_of(const Value& schema, std::string_view reference);
  std::vector<Variant> variants_of(const Object& schema, const std::vector<Value>& choices);
  /// Schemas of which it is a part, by `allOf`.
  std::vector<Value> heirs_of(std::string_view reference);
  void learn_heirs(std::string_view place);
  Result<Type> of_variants(const Value& schema, const std::vector<Variant>& variants,
                           const std::string& name);
  Result<Type> map_of(const Object& schema, const std::string& name);
  std::string declare(const std::string& name, std::string_view doc,
                      const std::vector<Property>& properties, std::string_view tag);
  bool merge(const Value& schema, Object& into, int depth);

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
  /// In the order in which they were made.
  std::vector<std::string> made_references_, made_records_;
  std::multimap<std::string, std::string, std::less<>> heirs_;
  bool knows_heirs_ = false;
  Uses uses_;
  Use use_ = Use::Both;
  int depth_ = 0;
  int guards_ = 0;
};

}  // namespace pflow::json_schema
