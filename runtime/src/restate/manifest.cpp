#include "runtime/src/restate/manifest.h"

#include <boost/json.hpp>
#include <cctype>

#include "runtime/src/restate/messages.h"
#include "runtime/src/serve/schemas.h"

namespace pflow::restate {
namespace {

namespace json = boost::json;

json::object handler(const pf_served& flow) {
  json::object made = {{"name", flow.tool->name}};
  if (flow.tool->doc && *flow.tool->doc) made["documentation"] = flow.tool->doc;
  made["input"] = json::object{{"required", false},
                               {"contentType", "application/json"},
                               {"jsonSchema", serve::input_schema(flow)}};
  made["output"] =
      json::object{{"setContentTypeIfEmpty", false}, {"contentType", "application/json"}};
  return made;
}

}  // namespace

/// Letters, digits and `_`, behind a letter.
std::string service_name(const pf_program& program) {
  std::string name;
  for (const char* at = program.name; *at; ++at)
    name += std::isalnum(static_cast<unsigned char>(*at)) != 0 ? *at : '_';
  if (name.empty() || std::isalpha(static_cast<unsigned char>(name[0])) == 0) name = "flow_" + name;
  return name;
}

std::string manifest(const pf_program& program) {
  json::array handlers;
  for (uint32_t i = 0; i < program.served_count; ++i)
    handlers.push_back(handler(program.served[i]));
  json::object service = {
      {"name", service_name(program)}, {"ty", "SERVICE"}, {"handlers", std::move(handlers)}};
  if (program.doc && *program.doc) service["documentation"] = program.doc;
  return json::serialize(json::object{{"protocolMode", "BIDI_STREAM"},
                                      {"minProtocolVersion", kOldestProtocol},
                                      {"maxProtocolVersion", kNewestProtocol},
                                      {"services", json::array{std::move(service)}}});
}

}  // namespace pflow::restate
