#include "tools/driver/openapi/option_rows.h"

#include <algorithm>

#include "frontend/openapi/pages.h"
#include "tools/driver/options.h"

namespace pflow::openapi {
namespace {

constexpr std::string_view kPagesForm =
    "OPERATION=FORM with one of link, cursor, next, page, offset and none";

std::string_view set_user(Options& options, const std::string&) {
  options.openapi.user = true;
  return {};
}

std::string_view add_pattern(Options& options, const std::string& value) {
  options.openapi.only.push_back(value);
  return value.empty() ? "a pattern, as `pets.*`" : "";
}

std::string_view add_key(Options& options, const std::string& value) {
  const size_t sign = value.find('=');
  const std::string scheme = sign == value.npos ? "" : value.substr(0, sign);
  const std::string key = sign == value.npos ? value : value.substr(sign + 1);
  options.openapi.keys[scheme] = key;
  return key.empty() || sign == 0 ? "KEY or SCHEME=KEY" : "";
}

std::string_view add_pages(Options& options, const std::string& value) {
  const size_t sign = value.rfind('=');
  if (sign == value.npos || sign == 0) return kPagesForm;
  const std::string form = value.substr(sign + 1);
  if (form != "none" && std::ranges::find(kPageForms, form) == std::end(kPageForms))
    return kPagesForm;
  options.openapi.pages.emplace_back(value.substr(0, sign), form);
  return "";
}

std::string_view set_server(Options& options, const std::string& value) {
  options.openapi.server = value;
  const bool is_address = value.starts_with("http://") || value.starts_with("https://");
  return is_address ? "" : "an address that begins with http:// or https://";
}

constexpr OptionRow kRows[] = {
    {"--user", "", "in PFLOW_HOME/packages, for all programs, not beside the program", set_user},
    {"--only", "PATTERN",
     "`add`: of its operations those that fit, `pets.*` or `GET /pets/*`; may be given again",
     add_pattern},
    {"--key", "[SCHEME=]KEY",
     "`add`: the key of keys.json that requests carry, or that for one security scheme", add_key},
    {"--pages", "PATTERN=FORM",
     "`add`: how the lists of these operations go on: link, cursor, next, page, offset, or none",
     add_pages},
    {"--server", "URL", "`add`: where the API is, instead of what its description says",
     set_server},
};

}  // namespace

const OptionRows kOptions = kRows;

}  // namespace pflow::openapi
