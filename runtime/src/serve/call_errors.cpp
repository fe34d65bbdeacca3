#include "runtime/src/serve/call_errors.h"

#include <boost/json.hpp>

#include "pflow/json.hpp"
#include "runtime/src/serve/results.h"

namespace pflow::serve {
namespace {

std::string quoted(std::string_view text) {
  return boost::json::serialize(boost::json::string(text));
}

}  // namespace

std::string error_json(std::string_view kind, std::string_view message) {
  return "{\"error\":{\"kind\":" + quoted(kind) + ",\"message\":" + quoted(message) + "}}";
}

std::string error_json(const rt::Failure& failure) {
  char code[16];
  snprintf(code, sizeof code, "PF09%02d", static_cast<int>(failure.kind));
  std::string told = "{\"error\":{\"kind\":" + quoted(rt::kind_name(failure.kind));
  told += ",\"code\":" + quoted(code) + ",\"message\":" + quoted(view(failure.message));
  if (failure.data.kind != PF_JSON_NULL) told += ",\"data\":" + json_of(&failure.data, &kJsonType);
  return told + "}}";
}

std::string error_text(const rt::Failure& failure) {
  return std::string(rt::kind_name(failure.kind)) + ": " + std::string(view(failure.message));
}

int status_of(pf_error_kind kind) {
  switch (kind) {
    case PF_E_NETWORK:
    case PF_E_HTTP:
    case PF_E_RATE_LIMIT:
    case PF_E_MODEL:
    case PF_E_TOOL: return 502;  // who the flow asked
    case PF_E_TIMEOUT: return 504;
    case PF_E_BUDGET:
    case PF_E_CANCELLED: return 503;
    case PF_E_USAGE:
    case PF_E_CONFIG:
    case PF_E_KEY:
    case PF_E_IO:
    case PF_E_PARSE:
    case PF_E_SCHEMA:
    case PF_E_VALUE:
    case PF_E_LIMIT:
    case PF_E_INTERNAL:
    case PF_E_USER: break;
  }
  return 500;
}

}  // namespace pflow::serve
