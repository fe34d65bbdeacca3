#include "answer.h"

#include <string.h>

#include "plan.h"
#include "stdlib-nodes/net/request.h"

namespace pf_openapi {
namespace {

/// `json`, `text`, `bytes` or `none`, by the status.
std::string_view form_of(const Plan& plan, int status) {
  const pf_json* results = member(&plan.operation(), "results");
  const std::string exact = std::to_string(status);
  const std::string range = exact.substr(0, 1) + "XX";
  for (const std::string& key : {exact, range, std::string("default")})
    if (const pf_json* found = member(results, key)) return text_of(found);
  // One that is not described is as the first that is.
  for (const Member& each : members(results)) return text_of(&each.value);
  return "none";
}

const pf_field* output(const Plan& plan, const char* name, pf_kind kind) {
  const pf_type& type = *plan.node().output;
  for (uint32_t i = 0; i < type.count; ++i)
    if (strcmp(type.fields[i].name, name) == 0 && type.fields[i].type->kind == kind)
      return &type.fields[i];
  return nullptr;
}

/// The value in a form that any type can be read from.
pf_status take_json(pf_call* call, const pf_type& type, const pf_str& text, void* at) {
  return pf_json_read(call, &text, &type, at);
}

pf_status take_nothing(pf_call* call, const pf_type& type, int status) {
  if (type.kind == PF_OPT || type.kind == PF_JSON || type.kind == PF_STR || type.kind == PF_BYTES)
    return PF_DONE;  // what stands there is `none`, null or empty
  return pf_fail(call, PF_E_SCHEMA, "the answer with status %d has no body; expected %s", status,
                 type.name);
}

pf_status take_body(pf_call* call, const Plan& plan, const pflow::HttpResponse& response,
                    const pf_type& type, void* at) {
  const std::string_view form = form_of(plan, response.status);
  if (response.body.len == 0 || form == "none") return take_nothing(call, type, response.status);
  if (form == "bytes" && type.kind == PF_BYTES) {
    *static_cast<pf_str*>(at) = pflow::share(response.body);
    return PF_DONE;
  }
  if (form == "bytes") {  // as JSON has them
    const pflow::Text text(pf_json_text(&response.body, &kBytes, 0));
    return take_json(call, type, text.get(), at);
  }
  pf_str body{};
  if (pf_net::take_text(call, response, &body) != PF_DONE) return PF_FAILED;
  const pflow::Text text(body);
  if (form == "json") return take_json(call, type, text.get(), at);
  if (type.kind == PF_STR) {
    *static_cast<pf_str*>(at) = pflow::share(text.get());
    return PF_DONE;
  }
  const std::string quoted = pf_mcp::quoted(text.view());
  return take_json(call, type, pflow::literal(quoted), at);
}

}  // namespace

pf_status take_answer(pf_call* call, void* out, const pflow::HttpResponse& response) {
  const Plan& plan = *static_cast<const Plan*>(pf_net::input(call));
  auto* record = static_cast<char*>(out);
  const pf_field* status = output(plan, "status", PF_INT);
  const pf_field* headers = output(plan, "headers", PF_MAP);
  const pf_type& type = *plan.node().output;
  for (uint32_t i = 0; i < type.count; ++i) {
    const pf_field& field = type.fields[i];
    void* at = record + field.offset;
    if (&field == status)
      *static_cast<int64_t*>(at) = response.status;
    else if (&field == headers)
      *static_cast<pf_list*>(at) = pf_net::header_map(response);
    else if (take_body(call, plan, response, *field.type, at) != PF_DONE)
      return PF_FAILED;
  }
  return PF_DONE;
}

}  // namespace pf_openapi
