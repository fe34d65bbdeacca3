/// The operations of an API as nodes.
#pragma once

#include <boost/json.hpp>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "frontend/openapi/document.h"

namespace pflow::openapi {

struct Wanted {
  std::string name;                         ///< by which programs call the API
  std::vector<std::string> only;            ///< patterns; empty: all operations
  std::string base;                         ///< the address of the document, or empty
  std::string server;                       ///< instead of those of the document, or empty
  std::map<std::string, std::string> keys;  ///< by scheme; "" for all
  std::vector<std::pair<std::string, std::string>> pages;  ///< how lists go on, by pattern
  bool (*is_taken)(std::string_view name);                 ///< whether no node may have the name
};

struct Interface {
  std::string text;                ///< of `NAME.pf`
  boost::json::object api;         ///< where it is, how keys are sent
  boost::json::object operations;  ///< by name: what a request is made of
  std::vector<std::pair<std::string, std::string>> left_out;  ///< operations, and why
  std::string unmatched;  ///< a pattern that no operation fits, or empty
  std::string problem;    ///< why a list cannot go on as `pages` says, or empty
};

[[nodiscard]] Interface make_interface(const Document& document, const Wanted& wanted);

/// Whether the pattern, where `*` stands for any text, fits the operation: its name, that of its
/// node, its path, `GET /pets`, one of its tags, or tag and name: `pets.listPets`.
[[nodiscard]] bool fits(const Operation& operation, std::string_view pattern);

}  // namespace pflow::openapi
