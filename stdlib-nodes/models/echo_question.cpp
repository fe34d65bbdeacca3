#include "echo_question.h"

#include "dialogue.h"
#include "live_question.h"
#include "recorded_question.h"
#include "stdlib-nodes/models/choice/provider.h"

namespace pf_models {

pf_status ask_echo(pf_call* call, const Asking& asking) {
  RecordedQuestion record;
  QuestionFacts facts = {"", std::string(kEcho), 0, 0};
  if (pf_effect_is_kept()) facts.prompt = asking.request.messages.back().text;
  record.begin(call, std::move(facts), [](pf_status status) { return status; });
  std::string text = asking.request.messages[asking.asked - 1].text;
  pf_status status = conclude(call, asking, Answer{.text = text});
  record.answered(Answer{.text = text});
  record.end(status);
  if (status == PF_DONE && asking.live) show_live(text, text_output(asking));
  return status;
}

}  // namespace pf_models
