#include "tools/driver/openapi/option_rows.h"

#include "tools/driver/options.h"

namespace pflow::openapi {
namespace {

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
    {"--server", "URL", "`add`: where the API is, instead of what its description says",
     set_server},
};

}  // namespace

const OptionRows kOptions = kRows;

}  // namespace pflow::openapi
