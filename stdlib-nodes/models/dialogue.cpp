#include "dialogue.h"

#include <utility>

#include "conversation.h"
#include "pflow/node.hpp"
#include "provider.h"
#include "question.h"
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

void add_usage(Usage& used, const Answer& answer) {
  used.input_tokens += answer.input_tokens;
  used.output_tokens += answer.output_tokens;
  used.cost.has = used.cost.has || answer.cost.has_value();
  used.cost.value += answer.cost.value_or(0);
}

/// Fails the call because the model goes on and on.
bool within_limits(pf_call* call, const Asking& asking, const Answer& answer) {
  const llm_in& in = *asking.in;
  bool rounds = asking.rounds >= in.max_rounds;
  if (!rounds && asking.calls + static_cast<int64_t>(answer.calls.size()) <= in.max_calls)
    return true;
  int64_t most = rounds ? in.max_rounds : in.max_calls;
  pf_fail(call, PF_E_LIMIT, "the model asks for more than %lld %s", static_cast<long long>(most),
          rounds ? "rounds of tools" : "calls of tools");
  pf_fail_help(call, "raise `%s`", rounds ? "max_rounds" : "max_calls");
  pf_fail_once(call);
  return false;
}

/// Waits for the answer of one question.
class Dialogue : public Asker {
 public:
  explicit Dialogue(Asking asking) : asking_(std::move(asking)) {}

  pf_status take(pf_call* call, int status, std::string_view body) override {
    AnswerResult result = read_answer(*asking_.model.facts->wire, status, body);
    if (!result.answer)
      return pflow::fail(call, result.kind, presentable(std::move(result.problem), asking_.key));
    Answer& answer = *result.answer;
    if (answer.ending != Ending::ToolCalls || answer.calls.empty() || !asking_.tools.tools.head)
      return conclude(call, asking_, answer);
    return within_limits(call, asking_, answer) ? use_tools(call, answer) : PF_FAILED;
  }

 private:
  /// Runs what the answer asks for, and asks again with the results.
  pf_status use_tools(pf_call* call, const Answer& answer) {
    asking_.rounds += 1;
    asking_.calls += static_cast<int64_t>(answer.calls.size());
    add_usage(asking_.used, answer);
    asking_.request.messages.push_back(message_of(answer, asking_.model));
    const ToolBox box = asking_.tools;
    run_tools(
        call, box, answer.calls,
        [call, asking = std::move(asking_)](pf_status status,
                                            std::vector<ToolResult> results) mutable {
          if (status != PF_DONE) return pf_complete(call, status);
          asking.request.messages.push_back({.role = Role::Tool, .results = std::move(results)});
          begin_dialogue(call, std::move(asking));
        });
    return PF_PENDING;
  }

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
  out->usage = asking.used;
  add_usage(out->usage, answer);
  std::vector<Message> added(asking.request.messages.begin() + static_cast<ptrdiff_t>(asking.given),
                             asking.request.messages.end());
  added.push_back(message_of(answer, asking.model));
  out->transcript = with_messages(in->messages, added);
  return PF_DONE;
}

}  // namespace pf_models
