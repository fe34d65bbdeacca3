/// Types of the language as JSON Schema (2020-12). What uses it links `libpf_json_schema.a` and
/// Boost.JSON.
///
///   pflow::SchemaWriter writer({pflow::SchemaMembers::MayMiss});
///   writer.note(type);
///   boost::json::object schema = writer.write(type);
///   schema["$defs"] = writer.take_definitions();
#pragma once

#include <boost/json.hpp>
#include <map>
#include <set>
#include <string>
#include <string_view>

#include "pflow/node.hpp"

namespace pflow {

/// Which members of an object have to be there.
enum class SchemaMembers : unsigned char {
  All,     ///< as values are written: what may be missing may be null
  Strict,  ///< the same in the form that the strict modes of model providers share
  MayMiss  ///< as values are read: not those with a default, which is told, nor optional ones
};

struct SchemaForm {
  SchemaMembers members = SchemaMembers::All;
  std::string_view definitions = "#/$defs/";  ///< where types stand that hold themselves
};

class SchemaWriter {
 public:
  explicit SchemaWriter(SchemaForm form) : form_(form) {}

  /// Finds which types within it hold themselves; before it is written.
  void note(const pf_type& root);

  /// A type that holds itself is a reference to a definition.
  [[nodiscard]] boost::json::object write(const pf_type& type);
  /// The same, but `type` itself is no reference.
  [[nodiscard]] boost::json::object in_full(const pf_type& type);

  [[nodiscard]] boost::json::object take_definitions() { return std::move(definitions_); }
  /// Whether each object so far says all its members: maps and free JSON do not.
  [[nodiscard]] bool strict() const { return strict_; }
  /// Places so far that may hold one of several: optionals and sums.
  [[nodiscard]] size_t unions() const { return unions_; }

 private:
  void note_fields(const pf_type& record);
  [[nodiscard]] boost::json::object text(const pf_type& type) const;
  [[nodiscard]] boost::json::object reference(const pf_type& type);
  [[nodiscard]] std::string free_name(std::string_view type) const;
  [[nodiscard]] boost::json::object fields(const pf_type& type, const pf_type* sum);
  [[nodiscard]] boost::json::object field(const pf_field& field);
  [[nodiscard]] bool may_miss(const pf_field& field) const;
  [[nodiscard]] boost::json::object sum(const pf_type& type);

  SchemaForm form_;
  std::set<const pf_type*> open_;  ///< around the place that is noted
  std::set<const pf_type*> seen_;
  /// Of each circle at least one, so that a walk which stops at them ends. A variant is walked as
  /// a part of its sum.
  std::set<const pf_type*> circles_;
  std::map<const pf_type*, std::string> names_;  ///< of definitions
  boost::json::object definitions_;
  bool strict_ = true;
  size_t unions_ = 0;
};

}  // namespace pflow
