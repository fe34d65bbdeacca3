/// Names of ours for names of others.
#pragma once

#include <set>
#include <string>
#include <string_view>

namespace pflow::json_schema {

/// The name of a port, field or node: `max_items` for `max-items`, `if_` for `if`, `url` for `URL`.
[[nodiscard]] std::string value_name(std::string_view name);
/// The name of a type: `EditFile` for `edit_file`.
[[nodiscard]] std::string type_name(std::string_view name);

/// The name of a node in the manner of ours: `list_pets` for `listPets` and `List-Pets`.
[[nodiscard]] std::string node_name(std::string_view name);

/// Names of one scope, each given once.
class NameTable {
 public:
  /// The name, with a number behind it where it is taken.
  std::string take(const std::string& name);
  void give_back(const std::string& name) { taken_.erase(name); }
  void reserve(std::string_view name) { taken_.emplace(name); }

 private:
  std::set<std::string> taken_;
};

/// For the types of a program, which has some of its own.
[[nodiscard]] NameTable type_names();

/// As a literal of ours, in double quotes.
[[nodiscard]] std::string text_literal(std::string_view text);

/// The text as doc comments, `## ` before each line, so many blanks before it; empty of an empty
/// one.
[[nodiscard]] std::string doc_comment(std::string_view text, int indent);

}  // namespace pflow::json_schema
