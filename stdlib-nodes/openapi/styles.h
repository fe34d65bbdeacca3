/// Parameters as addresses, headers and cookies have them: the styles of OpenAPI (docs/openapi.md).
#pragma once

#include <string>
#include <string_view>

#include "pflow/abi.h"

namespace pf_openapi {

/// How a parameter is written, or a field of a form.
struct Style {
  std::string name;   ///< on the wire
  std::string style;  ///< `form`, `deepObject`, …
  bool explode = false;
  bool reserved = false;  ///< `:/?` and others stand as they are
  std::string type;       ///< of its `content`, or empty: it is written as JSON then
};

/// What an entry of the plan says; `usual` where it says no style.
Style style_of(const pf_json& entry, std::string_view usual);

/// What stands for `{name}` in the path, percent-encoded.
std::string path_text(const Style& style, const pf_json& value);
/// Adds `name=value` to a query, or to a form, as often as the style has it.
void add_to_query(std::string& query, const Style& style, const pf_json& value);
/// Not encoded.
std::string header_text(const Style& style, const pf_json& value);
/// Adds `name=value` to a header `Cookie`.
void add_to_cookies(std::string& cookies, const Style& style, const pf_json& value);

}  // namespace pf_openapi
