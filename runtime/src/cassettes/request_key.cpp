#include "runtime/src/cassettes/request_key.h"

#include "runtime/src/cassettes/json_value.h"
#include "runtime/src/cassettes/url_parts.h"

namespace pflow::cassettes {

std::string request_key(const Interaction& request) {
  UrlParts url = url_parts(request.url);
  std::string key = request.method + " " + url.origin + url.path;
  for (const auto& [name, value] : url.query)
    key.append("\n").append(name).append("=").append(value);
  JsonValue body(request.request_body);
  key += "\n\n";
  key += body.ok() ? canonical_json(body.get()) : request.request_body;
  return key;
}

}  // namespace pflow::cassettes
