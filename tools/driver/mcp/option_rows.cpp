#include "tools/driver/mcp/option_rows.h"

#include "tools/driver/options.h"

namespace pflow::mcp {
namespace {

std::string_view set_user(Options& options, const std::string&) {
  options.mcp.user = true;
  return {};
}

std::string_view set_key(Options& options, const std::string& value) {
  options.mcp.key = value;
  return value.empty() ? "the name of a key" : "";
}

std::string_view add_variable(Options& options, const std::string& value) {
  options.mcp.variables.push_back(value);
  return value.empty() || value[0] == '=' ? "NAME or NAME=VALUE" : "";
}

std::string_view add_key_variable(Options& options, const std::string& value) {
  const size_t sign = value.find('=');
  if (sign == 0 || sign == value.npos || sign + 1 == value.size()) return "NAME=KEY";
  options.mcp.key_variables.emplace_back(value.substr(0, sign), value.substr(sign + 1));
  return {};
}

std::string_view add_header(Options& options, const std::string& value) {
  const size_t colon = value.find(':');
  if (colon == 0 || colon == value.npos) return "NAME: VALUE";
  options.mcp.headers.push_back(value);
  return {};
}

std::string_view add_tool(Options& options, const std::string& value) {
  options.mcp.only.push_back(value);
  return value.empty() ? "the name of a tool" : "";
}

constexpr OptionRow kRows[] = {
    {"--user", "", "in PFLOW_HOME/packages, for all programs, not beside the program", set_user},
    {"--key", "KEY", "`add`: requests carry this key of keys.json as their bearer", set_key},
    {"--header", "NAME:VALUE", "`add`: requests carry this header", add_header},
    {"--env", "NAME[=VALUE]", "`add`: the server gets this variable, or that of the program",
     add_variable},
    {"--env-key", "NAME=KEY", "`add`: the server gets this key of keys.json as a variable",
     add_key_variable},
    {"--only", "TOOL", "`add`: of its tools this one, and others so named", add_tool},
};

}  // namespace

const OptionRows kOptions = kRows;

}  // namespace pflow::mcp
