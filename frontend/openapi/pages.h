/// Lists that an operation gives page by page.
#pragma once

#include <boost/json.hpp>
#include <optional>
#include <string_view>
#include <vector>

#include "frontend/openapi/signature.h"

namespace pflow::openapi {

/// What the node is made of that gives the items of all pages.
struct Pages {
  std::vector<json_schema::Property> ports;  ///< all but that of the page
  json_schema::Type item;
  boost::json::object plan;  ///< where items are, and how the list goes on (docs/openapi.md)
};

/// The ways in which a list may go on, in the order in which they are looked for.
inline constexpr std::string_view kPageForms[] = {"link", "cursor", "next", "page", "offset"};

/// How the list of the operation goes on: nothing when it gives none, or no sign of it is there.
/// `form` is one of `kPageForms`, `none`, or empty; a failure says why it cannot be that one.
[[nodiscard]] Result<std::optional<Pages>> pages_of(Signature& signature, std::string_view form);

}  // namespace pflow::openapi
