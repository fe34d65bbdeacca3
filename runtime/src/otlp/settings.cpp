#include "runtime/src/otlp/settings.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/random.h>

#include "pflow/percent.hpp"
#include "runtime/src/json/json_text.h"

namespace pflow::otlp {
namespace {

using rt::Buffer;
using rt::view;

/// Null when it is not set.
const char* variable(const char* name) {
  const char* value = getenv(name);
  return value && *value ? value : nullptr;
}

pf_str percent_decoded(const char* text, size_t len) {
  Buffer out;
  percent_decode({text, len}, [&](char byte) { out.add(byte); });
  return out.take();
}

/// `name=value,name=value`, percent-encoded, with blanks around the parts.
template <typename Take>
void for_each_pair(const char* list, Take take) {
  while (*list) {
    list += strspn(list, " ,");
    size_t len = strcspn(list, ",");
    size_t name = strcspn(list, "=,");
    if (name < len && list[name] == '=')
      take(pf_str{list, name, nullptr}, percent_decoded(list + name + 1, len - name - 1));
    list += len;
  }
}

void find_address(Buffer& address) {
  const char* disabled = variable("OTEL_SDK_DISABLED");
  const char* exporter = variable("OTEL_TRACES_EXPORTER");
  if ((disabled && strcasecmp(disabled, "true") == 0) ||
      (exporter && strcmp(exporter, "otlp") != 0))
    return;
  if (const char* whole = variable("OTEL_EXPORTER_OTLP_TRACES_ENDPOINT")) return address.add(whole);
  const char* base = variable("OTEL_EXPORTER_OTLP_ENDPOINT");
  if (!base) return;
  address.add(base, strlen(base) - (base[strlen(base) - 1] == '/'));
  address.add("/v1/traces");
}

void read_headers(rt::Row<HttpHeader>& headers) {
  const char* list = variable("OTEL_EXPORTER_OTLP_TRACES_HEADERS");
  if (!list) list = variable("OTEL_EXPORTER_OTLP_HEADERS");
  headers.add({view("content-type"), view("application/json")});
  if (list) for_each_pair(list, [&](pf_str name, pf_str value) { headers.add({name, value}); });
}

void describe_resource(Buffer& json, const char* program) {
  const char* name = variable("OTEL_SERVICE_NAME");
  bool named = false;
  if (const char* list = variable("OTEL_RESOURCE_ATTRIBUTES"))
    for_each_pair(list, [&](pf_str key, pf_str value) {
      Buffer text;
      text.add(key);
      bool is_name = strcmp(text.c_str(), "service.name") == 0;
      if (is_name && name) return;
      named = named || is_name;
      if (json.size() != 0) json.add(',');
      add_attribute(json, text.c_str(), value);
    });
  if (named) return;
  if (json.size() != 0) json.add(',');
  add_attribute(json, "service.name", view(name ? name : program));
}

bool are_digits(const char* text, size_t count) {
  return strspn(text, "0123456789abcdefABCDEF") >= count;
}

/// `00-TRACE-PARENT-01` of TRACEPARENT, as the W3C writes it.
bool read_caller(Settings& settings) {
  constexpr size_t kTrace = 3, kParent = 36, kWhole = 55;
  const char* caller = variable("TRACEPARENT");
  if (!caller || strlen(caller) < kWhole || caller[2] != '-' || caller[35] != '-' ||
      caller[52] != '-' || !are_digits(caller + kTrace, 32) || !are_digits(caller + kParent, 16))
    return false;
  memcpy(settings.trace, caller + kTrace, 32);
  memcpy(settings.parent, caller + kParent, 16);
  return true;
}

}  // namespace

void add_attribute(Buffer& json, const char* name, pf_str text) {
  json.add("{\"key\":");
  rt::add_json_string(json, view(name));
  json.add(",\"value\":{\"stringValue\":");
  rt::add_json_string(json, text);
  json.add("}}");
}

void make_id(char* id, size_t digits) {
  unsigned char bytes[16] = {};
  (void)!getrandom(bytes, digits / 2, GRND_NONBLOCK);
  bytes[0] |= 1;
  for (size_t i = 0; i < digits; ++i)
    id[i] = "0123456789abcdef"[(bytes[i / 2] >> (i % 2 == 0 ? 4 : 0)) & 15];
  id[digits] = '\0';
}

void read_settings(Settings& settings, const char* program) {
  find_address(settings.address);
  if (settings.address.size() == 0) return;
  read_headers(settings.headers);
  describe_resource(settings.resource, program);
  if (!read_caller(settings)) make_id(settings.trace, 32);
  const char* timeout = variable("OTEL_EXPORTER_OTLP_TRACES_TIMEOUT");
  if (!timeout) timeout = variable("OTEL_EXPORTER_OTLP_TIMEOUT");
  if (timeout && atoll(timeout) > 0) settings.timeout_ms = atoll(timeout);
}

}  // namespace pflow::otlp
