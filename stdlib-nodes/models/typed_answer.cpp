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

void fail_cut(pf_call* call, const Answer& answer, int64_t max_tokens) {
  if (max_tokens > 0) {
    pf_fail(call, PF_E_MODEL, "the answer is cut off: it reached `max_tokens`, which is %lld",
            static_cast<long long>(max_tokens));
    pf_fail_help(call, "raise `max_tokens`, or ask for less");
  } else {
    pf_fail(call, PF_E_MODEL, "the answer is cut off: it reached the limit of the model (%s)",
            answer.reason.c_str());
    pf_fail_help(call, "ask for less, or set `max_tokens` if the model can answer at more length");
  }
}

/// The same request would end alike, and be paid for again.
pf_status fail_ending(pf_call* call, const Answer& answer, const Wanted& wanted) {
  switch (answer.ending) {
    case Ending::Whole: break;
    case Ending::Length: fail_cut(call, answer, wanted.max_tokens); break;
    case Ending::Filter:
      pf_fail(call, PF_E_MODEL, "a content filter of the provider ended the answer (%s)",
              answer.reason.c_str());
      break;
    case Ending::Refusal:
      pf_fail(call, PF_E_MODEL, "the model refused: %s", answer.reason.c_str());
      break;
    case Ending::ToolCalls:
      pf_fail(call, PF_E_MODEL, "the model asks for tools, and it was given none (%s)",
              answer.reason.c_str());
      break;
  }
  pf_fail_once(call);
  keep_rest(call, answer);
  return PF_FAILED;
}

}  // namespace

pf_status take_answer(pf_call* call, const Answer& answer, const Wanted& wanted, void* out) {
  bool text = wanted.type->kind == PF_STR;
  bool taken = answer.ending == Ending::Whole || (text && wanted.partial);
  // A value may be whole although the limit was reached just behind it.
  bool tried = taken || (!text && answer.ending == Ending::Length);
  if (!tried) return fail_ending(call, answer, wanted);
  if (text) {
    *static_cast<pf_str*>(out) = pflow::text(answer.text);
    return PF_DONE;
  }
  pflow::Text json(pflow::text(with_whole_pairs(answer.text)));
  if (read_value(call, json.get(), wanted.type, out) == PF_DONE) return PF_DONE;
  if (!taken) return fail_ending(call, answer, wanted);
  pf_fail_help(call, "the model was asked for `%s`", wanted.type->name);
  return PF_FAILED;
}

std::string_view finish_word(Ending ending) {
  switch (ending) {
    case Ending::Whole: return "stop";
    case Ending::Length: return "length";
    case Ending::Filter: return "filtered";
    case Ending::Refusal: return "refused";
    case Ending::ToolCalls: return "tool_calls";
  }
  return "stop";
}

}  // namespace pf_models
