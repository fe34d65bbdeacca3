#include "echo_question.h"

#include "dialogue.h"
#include "live_question.h"

namespace pf_models {

pf_status ask_echo(pf_call* call, const Asking& asking) {
  std::string text = asking.request.messages[asking.asked - 1].text;
  pf_status status = conclude(call, asking, Answer{.text = text});
  if (status == PF_DONE && asking.live) show_live(text, text_output(asking));
  return status;
}

}  // namespace pf_models
