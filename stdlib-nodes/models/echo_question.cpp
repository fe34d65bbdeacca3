#include "echo_question.h"

#include <utility>

#include "echo.h"
#include "live_question.h"
#include "stdlib-nodes/models/choice/provider.h"

namespace pf_models {

pf_status ask_echo(pf_call* call, Asking asking) {
  const bool live = asking.live;
  const pf_str* text = text_output(asking);
  QuestionFacts facts = {"", std::string(kEcho), 0, 0};
  if (pf_effect_is_kept()) facts.prompt = asking.request.messages.back().text;
  asking.record.begin(call, std::move(facts), [](pf_status begun) { return begun; });
  const Answer answer = echo_answer(asking);
  pf_status status = go_on(call, asking, answer);
  if (status == PF_DONE && live) show_live(answer.text, text);
  return status;
}

}  // namespace pf_models
