#include "typed_answer.h"

#include <string>

#include "pflow/json.hpp"
#include "schema.h"
#include "surrogates.h"

namespace pf_models {
namespace {

pf_status read_value(pf_call* call, const pf_str& text, const pf_type* type, void* out) {
  if (!is_wrapped(*type)) return pf_json_read(call, &text, type, out);
  const pf_field value = {"value", "value", type, 0, nullptr, nullptr};
  const pf_type wrapper = {PF_RECORD, type->size, type->align, type->counted, "answer",
                           nullptr,   1,          &value,      nullptr,       nullptr};
  return pf_json_read(call, &text, &wrapper, out);
}

/// What came so far, for those who can use it.
void keep_rest(pf_call* call, const Answer& answer) {
  pflow::JsonObject data;
  data.add("text", pflow::json(pflow::text(answer.text)));
  data.add("finish_reason", pflow::json(pflow::text(answer.reason)));
  pf_fail_data(call, data.take());
}

/// The same request would end alike, and be paid for again.
pf_status fail_cut(pf_call* call, const Answer& answer, int64_t max_tokens) {
  if (answer.ending == Ending::Filter) {
    pf_fail(call, PF_E_MODEL, "a content filter of the provider ended the answer (%s)",
            answer.reason.c_str());
  } else if (max_tokens > 0) {
    pf_fail(call, PF_E_MODEL, "the answer is cut off: it reached `max_tokens`, which is %lld",
            static_cast<long long>(max_tokens));
    pf_fail_help(call, "raise `max_tokens`, or ask for less");
  } else {
    pf_fail(call, PF_E_MODEL, "the answer is cut off: it reached the limit of the model (%s)",
            answer.reason.c_str());
    pf_fail_help(call, "ask for less, or set `max_tokens` if the model can answer at more length");
  }
  pf_fail_once(call);
  keep_rest(call, answer);
  return PF_FAILED;
}

}  // namespace

pf_status take_answer(pf_call* call, const Answer& answer, const pf_type* type, int64_t max_tokens,
                      void* out) {
  bool text = type->kind == PF_STR;
  if (answer.ending == Ending::Filter || (answer.ending == Ending::Length && text))
    return fail_cut(call, answer, max_tokens);
  if (text) {
    *static_cast<pf_str*>(out) = pflow::text(answer.text);
    return PF_DONE;
  }
  pflow::Text json(pflow::text(with_whole_pairs(answer.text)));
  // A value may be whole although the limit was reached just behind it.
  if (read_value(call, json.get(), type, out) == PF_DONE) return PF_DONE;
  if (answer.ending == Ending::Length) return fail_cut(call, answer, max_tokens);
  pf_fail_help(call, "the model was asked for `%s`", type->name);
  return PF_FAILED;
}

}  // namespace pf_models
