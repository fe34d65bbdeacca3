#include "runtime/src/restate/outcomes.h"

#include <set>
#include <string>

#include "pflow/json.hpp"
#include "pflow/node.hpp"
#include "runtime/src/failures/failure.h"
#include "runtime/src/journal/recorded.h"
#include "runtime/src/journal/step_values.h"
#include "runtime/src/json/json_text.h"
#include "runtime/src/recorder/record_fields.h"
#include "runtime/src/values/types_within.h"

namespace pflow::restate {
namespace {

/// What is kept of a failure, in the layout of its type.
struct KeptFailure {
  pf_str kind, message, help, note;
  int64_t status, retry_after;
  bool once;
  pf_json data;
};
constexpr pf_type kText = {.kind = PF_STR, .size = sizeof(pf_str), .align = 8, .counted = 1};
constexpr pf_type kInt = {.kind = PF_INT, .size = 8, .align = 8};
constexpr pf_type kBool = {.kind = PF_BOOL, .size = 1, .align = 1};

const pf_type& failure_type() {
  static const pf_field fields[] = {
      {.name = "kind", .type = &kText, .offset = offsetof(KeptFailure, kind)},
      {.name = "message", .type = &kText, .offset = offsetof(KeptFailure, message)},
      {.name = "help", .type = &kText, .offset = offsetof(KeptFailure, help)},
      {.name = "note", .type = &kText, .offset = offsetof(KeptFailure, note)},
      {.name = "status", .type = &kInt, .offset = offsetof(KeptFailure, status)},
      {.name = "retry_after", .type = &kInt, .offset = offsetof(KeptFailure, retry_after)},
      {.name = "once", .type = &kBool, .offset = offsetof(KeptFailure, once)},
      {.name = "data", .type = &kJsonType, .offset = offsetof(KeptFailure, data)}};
  static const pf_type type = {.kind = PF_RECORD,
                               .size = sizeof(KeptFailure),
                               .align = 8,
                               .counted = 1,
                               .name = "failure",
                               .count = std::size(fields),
                               .fields = fields};
  return type;
}

void add_failure(rt::Buffer& json, const rt::Failure& failure) {
  const KeptFailure kept = {literal(rt::kind_name(failure.kind)),
                            failure.message,
                            failure.help,
                            failure.note,
                            failure.status,
                            failure.retry_after,
                            failure.once,
                            failure.data};
  rt::add_json(json, &kept, &failure_type());
}

pf_error_kind kind_of(pf_str word) {
#define PF_ERROR_KIND(NAME, text, number, tries) \
  if (view(word) == #text) return PF_E_##NAME;
#include "pflow/tables/error_kinds.def"
  return PF_E_INTERNAL;
}

bool take_failure(pf_str json, pf_call& call) {
  KeptFailure kept{};
  pf_json_problem problem{};
  if (!pf_json_decode(&json, &failure_type(), &kept, &problem)) {
    pf_str_release(problem.message);
    return false;
  }
  auto len = [](pf_str text) { return static_cast<int>(text.len); };
  pf_fail(&call, kind_of(kept.kind), "%.*s", len(kept.message), kept.message.data);
  if (kept.help.len != 0) pf_fail_help(&call, "%.*s", len(kept.help), kept.help.data);
  if (kept.note.len != 0) pf_fail_note(&call, "%.*s", len(kept.note), kept.note.data);
  pf_fail_status(&call, static_cast<int>(kept.status), kept.retry_after);
  if (kept.once) pf_fail_once(&call);
  pf_fail_data(&call, kept.data);
  kept.data = {};
  pf_drop_value(&kept, &failure_type());
  return true;
}

/// A copy that lasts as long as the program, which has few.
const char* lasting(pf_str action) {
  static std::set<std::string, std::less<>> known;
  return action.len == 0 ? nullptr : known.emplace(view(action)).first->c_str();
}

}  // namespace

bool may_be_kept(const rt::Step& step) {
  for (uint32_t i = 0; i < step.node->output_count; ++i) {
    const pf_type* type = step.node->outputs[i].type;
    if (rt::holds_secret(type) || !rt::is_storable(type)) return false;
  }
  return true;
}

bool add_outcome(rt::Buffer& json, const rt::Step& step, const char* args, pf_status status) {
  json.add("{\"args\":\"");
  json.add(args);
  json.add('"');
  if (status == PF_FAILED) {
    const auto* failure = static_cast<const rt::Failure*>(step.call->error);
    if (!failure || failure->kind == PF_E_CANCELLED) return false;
    rt::add_name(json, "error");
    add_failure(json, *failure);
    if (rt::holds_key(json.text())) return false;
  } else {
    if (step.call->action) rt::add_text(json, "action", literal(step.call->action));
    rt::add_name(json, "out");
    if (rt::add_outputs(json, *step.node, step.out)) return false;
  }
  json.add('}');
  return true;
}

pf_str arguments_of(pf_str json) { return rt::json_text_member(json, "args"); }

rt::Answer take_outcome(pf_str json, rt::Step& step, void* out) {
  if (const pf_str error = rt::json_member(json, "error"); error.len != 0)
    return take_failure(error, *step.call) ? rt::Answer::Failed : rt::Answer::None;
  if (!rt::take_outputs(rt::json_member(json, "out"), *step.node, out)) return rt::Answer::None;
  step.call->action = lasting(rt::json_text_member(json, "action"));
  return rt::Answer::Done;
}

}  // namespace pflow::restate
