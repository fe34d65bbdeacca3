/// What an operation becomes: the ports and the result of its node, and what the executable needs
/// to make a request of them.
#pragma once

#include <boost/json.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "frontend/json_schema/names.h"
#include "frontend/json_schema/types.h"
#include "frontend/openapi/document.h"

namespace pflow::openapi {

/// Filled by one function each for parameters, body, result, servers and security.
struct Signature {
  const Document& document;
  const Operation& operation;
  json_schema::Types& types;
  std::string name;  ///< `ListPets`, before the names of its own types

  std::vector<json_schema::Property> ports{};  ///< with the names of ports
  std::string output{};                        ///< `-> [Pet]`; empty: it gives nothing
  std::string output_doc{};                    ///< what is to be said of it
  /// The one body of its answers as JSON, and its type; null when it has none, or others beside it.
  const boost::json::value* answer = nullptr;
  json_schema::Type answer_type{};
  bool links = false;  ///< its answers have a header `Link`
  boost::json::object plan{};
  json_schema::NameTable port_names{};
  std::vector<std::string> taken{};  ///< the names of `ports`

  /// A name for what is called `name` in a `place` of the request: `body_id` where `id` is taken.
  std::string port_name(std::string_view name, std::string_view place);
  /// The type of a schema; `json` for what says nothing.
  Result<json_schema::Type> type_of(const boost::json::value* schema, const std::string& type_name);
};

}  // namespace pflow::openapi
