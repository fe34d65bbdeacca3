/// Where the next page of a list is.
#pragma once

#include <string>
#include <string_view>

#include "pflow/http.hpp"
#include "plan.h"

namespace pf_openapi {

/// The value that the names lead to, one below the other; null when there is none.
const pf_json* value_at(const pf_json* value, const pf_json* names);

/// The address that a header `Link` gives for `rel="next"`; empty when it gives none.
std::string linked(const pflow::HttpResponse& response);

/// An address as it is meant on the page at `url`: whole, or from the root, or a query.
/// Empty: at another server, or no address.
std::string address_from(std::string_view url, std::string_view reference);

/// `url` with `name=value`, which is percent-encoded, in its query.
std::string with_parameter(std::string url, std::string_view name, std::string_view value);

}  // namespace pf_openapi
