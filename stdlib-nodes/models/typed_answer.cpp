#include "typed_answer.h"

#include <string>

#include "pflow/json.hpp"
#include "schema.h"
#include "surrogates.h"
#include "unread_answer.h"

namespace pf_models {
namespace {

lenient::Reading read_value(const pf_str& text, const Wanted& wanted, void* out) {
  using lenient::Root;
  Root root = is_wrapped(*wanted.type) ? Root::InValue : Root::Plain;
  return wanted.strict ? lenient::read_strictly(text, *wanted.type, root, out)
                       : lenient::read_leniently(text, *wanted.type, root, out);
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

pf_status take_answer(pf_call* call, const Answer& answer, const Wanted& wanted, void* out,
                      pf_list* mended) {
  bool text = wanted.type->kind == PF_STR;
  bool whole = answer.ending == Ending::Whole, cut = answer.ending == Ending::Length;
  bool taken = whole || (wanted.partial && (text || cut));
  // A value may be whole although the limit was reached just behind it.
  bool tried = taken || (!text && cut);
  if (!tried) return fail_ending(call, answer, wanted);
  if (text) {
    *static_cast<pf_str*>(out) = pflow::text(answer.text);
    return PF_DONE;
  }
  pflow::Text json(pflow::text(with_whole_pairs(answer.text)));
  lenient::Reading reading = read_value(json.get(), wanted, out);
  if (!whole && (!reading.read || (reading.cut && !taken)))
    return fail_ending(call, answer, wanted);
  if (!reading.read) {
    fail_unread(call, reading, answer.text);
    pf_fail_help(call, "the model was asked for `%s`", wanted.type->name);
    return PF_FAILED;
  }
  *mended = take_mended(reading);
  return PF_DONE;
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
