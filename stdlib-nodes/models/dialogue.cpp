#include "dialogue.h"

#include <span>
#include <utility>

#include "conversation.h"
#include "pflow/node.hpp"
#include "provider.h"
#include "typed_answer.h"
#include "unread_answer.h"
#include "wire_form.h"

namespace pf_models {
namespace {

/// The answer as the message that it is in a conversation.
Message message_of(const Answer& answer, const Model& model) {
  Message message{.role = Role::Assistant,
                  .text = answer.text,
                  .calls = answer.calls,
                  .original = answer.original};
  if (!answer.original.empty()) message.api = model.facts->wire->name;
  return message;
}

/// Waits for the answer of one question.
class Dialogue : public Asker {
 public:
  explicit Dialogue(Asking asking) : asking_(std::move(asking)) {}

  pf_status take(pf_call* call, int status, std::string_view body) override {
    AnswerResult result = read_answer(*asking_.model.facts->wire, status, body);
    if (!result.answer)
      return pflow::fail(call, result.kind, presentable(std::move(result.problem), asking_.key));
    return conclude(call, asking_, *result.answer);
  }

 private:
  Asking asking_;
};

}  // namespace

pf_status begin_dialogue(pf_call* call, Asking asking) {
  const Provider& provider = asking.model.provider();
  const WireForm& wire = *asking.model.facts->wire;
  std::string path = wire.path(asking.request), body = wire.body(asking.request);
  std::string key = asking.key;
  ask(call, provider, path, key, body, new Dialogue(std::move(asking)));
  return PF_PENDING;
}

pf_status conclude(pf_call* call, const Asking& asking, const Answer& answer) {
  const llm_in* in = asking.in;
  llm_out* out = asking.out;
  Wanted wanted = {in->type_T, in->max_tokens.has ? in->max_tokens.value : 0, in->partial,
                   is_strict(in->parse)};
  if (take_answer(call, answer, wanted, out->response, &out->mended) != PF_DONE) return PF_FAILED;
  out->finish = pflow::text(finish_word(answer.ending));
  out->model = pflow::text(answer.model.empty() ? asking.model.id : answer.model);
  out->usage = {answer.input_tokens,
                answer.output_tokens,
                {answer.cost.value_or(0), answer.cost.has_value()}};
  std::vector<Message> added(asking.request.messages.begin() + static_cast<ptrdiff_t>(asking.given),
                             asking.request.messages.end());
  added.push_back(message_of(answer, asking.model));
  out->transcript = with_messages(in->messages, added);
  return PF_DONE;
}

}  // namespace pf_models
