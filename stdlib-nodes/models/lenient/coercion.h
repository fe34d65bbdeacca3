/// A tree of JSON as a tree that fits a type, by as little change as can be.
///
/// What is made is exact: members are the fields of the type by their names, scalars are JSON of
/// their type. Each node and type is tried once, so that the work is linear in the tree.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "pflow/abi.h"
#include "place.h"
#include "tree.h"

namespace pf_models::lenient {

class Coercion {
 public:
  explicit Coercion(Pool& pool) : pool_(pool) {}

  /// Null: it does not fit, `problem()` says why and where.
  const Node* fit(const Node& node, const pf_type& type);
  /// A text around which there is no JSON: an answer in words.
  const Node* fit_words(std::string_view text, const pf_type& type);
  [[nodiscard]] const std::string& problem() const { return problem_; }

 private:
  struct Known {
    const Node* made;
    std::string problem;
  };

  const Node* fail(std::string problem);
  const Node* expected(const pf_type& type, const Node& found);
  /// A node made of `source` by a change.
  Node* changed(const Node& source, NodeKind kind, std::string_view text, Effort effort);
  const Node* with_change(const Node& made, Change change, Effort effort,
                          std::string_view key = {});

  const Node* value(const Node& node, const pf_type& type);
  const Node* known_or_made(const Node& node, const pf_type& type);
  const Node* by_form(const Node& node, const pf_type& type);
  const Node* around(const Node& node, const pf_type& type);
  const Node* sole_item(const Node& node, const pf_type& type);
  const Node* sole_member(const Node& node, const pf_type& type);
  const Node* json_in_text(const Node& node, const pf_type& type);
  const Node* optional(const Node& node, const pf_type& type);

  // Scalars: scalars.cpp.
  const Node* text(const Node& node, const pf_type& type);
  const Node* literal(const Node& node, const pf_type& type, bool sentence);
  const Node* strict_text(const Node& node, const pf_type& type);
  const Node* number(const Node& node, const pf_type& type, bool sentence);
  const Node* number_text(const Node& node, const pf_type& type, std::string digits);
  const Node* boolean(const Node& node, const pf_type& type);

  // Lists, maps and records: shapes.cpp.
  const Node* list(const Node& node, const pf_type& type);
  /// Of what was cut off nothing stands there but its bracket.
  const Node* nothing_left(const pf_type& type);
  const Node* sole(const Node& node, const pf_type& type);
  const Node* map(const Node& node, const pf_type& type);
  const Node* record(const Node& node, const pf_type& type, std::string_view tag);
  struct Field;
  bool find_fields(const Node& node, const pf_type& type, std::string_view tag,
                   std::vector<Field>& fields);
  bool spelled_fields(const Node& node, const pf_type& type, std::string_view tag,
                      std::vector<Field>& fields);
  bool add_field(Node& made, const pf_field& field, const Field& found,
                 std::vector<Member>& members);

  // Sums: sums.cpp.
  const Node* sum(const Node& node, const pf_type& type);
  const Node* tagged(const Node& node, const Member& tag, const pf_type& type);
  const Node* tag_as_key(const Node& node, const pf_type& type);
  const Node* untagged(const Node& node, const pf_type& type);
  const Node* variant(const Node& node, const pf_type& sum, size_t index, const Node* tag,
                      std::string_view tag_key);

  Pool& pool_;
  const Step* step_ = nullptr;
  std::string problem_;
  bool ambiguous_ = false;  ///< that is what `problem_` says, though another shape is possible
  std::map<std::pair<const Node*, const pf_type*>, Known> known_;
  std::map<const char*, const Node*> inner_;  ///< JSON in texts
};

/// Whether a value of the type is an object or list in JSON.
[[nodiscard]] bool is_container(const pf_type& type);
/// A type without `?`.
[[nodiscard]] const pf_type& without_none(const pf_type& type);
[[nodiscard]] inline std::string_view wire_name(const pf_field& field) {
  return field.wire ? field.wire : field.name;
}
/// Whether the object has members that the record does not know.
[[nodiscard]] bool has_others(const Node& node, const pf_type& record, std::string_view tag);

}  // namespace pf_models::lenient
