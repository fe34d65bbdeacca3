#include "dialogue.h"

#include <memory>
#include <utility>

#include "asked_model.h"
#include "batches/ask_in_batch.h"
#include "conversation.h"
#include "echo_question.h"
#include "live_question.h"
#include "pflow/node.hpp"
#include "question.h"
#include "reply.h"
#include "stdlib-nodes/models/choice/provider.h"
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

std::string who_of(const Asking& asking) {
  return asked_of(asking.model.provider(), asking.model.id);
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

/// Runs what the answer asks for, and asks again with the results.
pf_status use_tools(pf_call* call, Asking asking, const Answer& answer) {
  asking.record.end(PF_DONE);
  asking.rounds += 1;
  asking.calls += static_cast<int64_t>(answer.calls.size());
  add_usage(asking.used, answer);
  asking.request.messages.push_back(message_of(answer, asking.model));
  const ToolBox box = asking.tools;
  auto kept = std::make_shared<Asking>(std::move(asking));
  run_tools(call, box, answer.calls,
            [call, kept](pf_status status, std::vector<ToolResult> results) {
              if (status != PF_DONE) return pf_complete(call, status);
              kept->request.messages.push_back({.role = Role::Tool, .results = std::move(results)});
              status = begin_dialogue(call, std::move(*kept));
              if (status != PF_PENDING) pf_complete(call, status);
            });
  return PF_PENDING;
}

pf_status end_with(pf_call* call, Asking& asking, const Answer& answer) {
  pf_status status = conclude(call, asking, answer);
  if (status == PF_DONE) asking.record.end(PF_DONE);
  return status;
}

/// Waits for the answer of one question.
class Dialogue : public Asker, public AnswerTaker {
 public:
  explicit Dialogue(Asking asking) : asking_(std::move(asking)) {}

  pf_status take(pf_call* call, int status, std::string_view body) override {
    AnswerResult result = read_answer(*asking_.model.facts->wire, status, body);
    if (result.answer) return go_on(call, asking_, *result.answer);
    return fail_answer(call, who_of(asking_), result, asking_.key);
  }
  pf_status failed(pf_call* call) override { return fall_back(call, asking_); }

  pf_status take_answer(pf_call* call, const Answer& answer) override {
    return go_on(call, asking_, answer);
  }
  pf_status take_failure(pf_call* call, bool begun) override {
    if (begun) asking_.record.broke_off();
    return fall_back(call, asking_);
  }

 private:
  Asking asking_;
};

/// What has been said since the call began, without corrections.
std::vector<Message> said_since(const Asking& asking) {
  const std::vector<Message>& all = asking.request.messages;
  auto at = [&](size_t index) { return all.begin() + static_cast<ptrdiff_t>(index); };
  std::vector<Message> since(at(asking.given), at(asking.asked));
  since.insert(since.end(), at(asking.asked + asking.corrections), all.end());
  return since;
}

}  // namespace

std::unique_ptr<Asker> answer_taker(Asking asking) {
  return std::make_unique<Dialogue>(std::move(asking));
}

pf_status fall_back(pf_call* call, Asking& asking) {
  asking.record.end(PF_FAILED);
  while (!asking.answered && !asking.others.empty()) {
    pf_str message{};
    if (!pf_fail_undo(call, &message)) return PF_FAILED;
    asking.failures += "`" + asking.named + "`: " + std::string(pflow::Text(message).view()) + "; ";
    std::string next = std::move(asking.others.front());
    asking.others.erase(asking.others.begin());
    if (choose_model(call, asking, next)) return begin_dialogue(call, std::move(asking));
  }
  if (!asking.failures.empty())
    pf_fail_note(call, "asked before: %s",
                 asking.failures.substr(0, asking.failures.size() - 2).c_str());
  return PF_FAILED;
}

pf_status go_on(pf_call* call, Asking& asking, const Answer& answer) {
  asking.record.answered(answer);
  asking.answered = answer.ending == Ending::Whole || answer.ending == Ending::ToolCalls;
  if (answer.ending != Ending::ToolCalls || answer.calls.empty() || !asking.tools.tools.head)
    return end_with(call, asking, answer);
  return within_limits(call, asking, answer) ? use_tools(call, std::move(asking), answer)
                                             : PF_FAILED;
}

namespace {

pf_status send(pf_call* call, Asking asking, std::string body) {
  const Provider& provider = asking.model.provider();
  const WireForm& wire = *asking.model.facts->wire;
  std::string path = wire.path(asking.request);
  std::string key = asking.key, who = who_of(asking);
  if (asking.request.streamed) {
    StreamedRequest request = {
        &provider, who, &wire, std::move(path), std::move(body), key, asking.in->first_token.value};
    bool shows = asking.live;
    const pf_str* text = text_output(asking);
    ask_live(call, std::move(request), shows, text, std::make_unique<Dialogue>(std::move(asking)));
    return PF_PENDING;
  }
  ask(call, provider, who, path, key, body, new Dialogue(std::move(asking)));
  return PF_PENDING;
}

}  // namespace

QuestionFacts question_facts(const Asking& asking, size_t bytes) {
  const ModelRequest& request = asking.request;
  QuestionFacts facts = {asking.model.provider().name, request.model, bytes,
                         request.max_tokens.value_or(0)};
  if (!pf_effect_is_kept()) return facts;
  facts.system = request.system.value_or("");
  facts.prompt = request.messages.back().text;
  return facts;
}

pf_status begin_dialogue(pf_call* call, Asking asking) {
  if (!asking.model.facts) return ask_echo(call, std::move(asking));
  if (asking.batched) return ask_in_batch(call, std::move(asking));
  const WireForm& wire = *asking.model.facts->wire;
  auto kept = std::make_shared<Asking>(std::move(asking));
  std::string body = wire.body(kept->request);
  QuestionFacts facts = question_facts(*kept, body.size());
  return kept->record.begin(call, std::move(facts),
                            [call, kept, body = std::move(body)](pf_status status) mutable {
                              if (status == PF_FAILED) return fall_back(call, *kept);
                              return send(call, std::move(*kept), std::move(body));
                            });
}

const pf_str* text_output(const Asking& asking) {
  return asking.in->type_T->kind == PF_STR ? static_cast<const pf_str*>(asking.out->response)
                                           : nullptr;
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
  std::vector<Message> added = said_since(asking);
  added.push_back(message_of(answer, asking.model));
  out->transcript = with_messages(in->messages, added);
  return PF_DONE;
}

}  // namespace pf_models
