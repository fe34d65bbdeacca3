#include "recorded_question.h"

#include "pflow/node.hpp"
#include "stdlib-nodes/models/choice/prices.h"

namespace pf_models {
namespace {

constexpr double kMillion = 1e6;
/// What a question may cost is not known before: a token has some four bytes, and an answer
/// without a bound this many tokens.
constexpr size_t kBytesOfToken = 4;
constexpr int64_t kAnswerTokens = 1000;

/// In US dollars; negative when nobody knows.
double expected_cost(const QuestionFacts& facts) {
  if (!*facts.provider) return 0;
  auto input = static_cast<int64_t>(facts.bytes / kBytesOfToken);
  std::optional<Price> price = price_of(facts.provider, facts.model, input);
  if (!price) return -1;
  int64_t output = facts.most_tokens > 0 ? facts.most_tokens : kAnswerTokens;
  return (static_cast<double>(input) * price->input + static_cast<double>(output) * price->output) *
         facts.share / kMillion;
}

/// The provider's own word counts, where it says one.
std::optional<double> cost_of(const QuestionFacts& facts, const Answer& answer) {
  if (answer.cost) return answer.cost;
  if (!*facts.provider) return 0;
  std::optional<Price> price = price_of(facts.provider, facts.model, answer.input_tokens);
  if (!price) return std::nullopt;
  int64_t plain = answer.input_tokens - answer.cached_tokens - answer.written_tokens;
  return (static_cast<double>(plain) * price->input +
          static_cast<double>(answer.cached_tokens) * price->cached +
          static_cast<double>(answer.written_tokens) * price->written +
          static_cast<double>(answer.output_tokens) * price->output) *
         facts.share / kMillion;
}

}  // namespace

struct RecordedQuestion::Waiting {
  RecordedQuestion* record;
  pf_call* call;
  Next next;

  /// Gone after it.
  pf_status take(pf_status status) {
    call->state = nullptr;
    call->cancel = nullptr;
    if (status == PF_DONE) {
      record->said("system", record->facts_.system);
      record->said("prompt", record->facts_.prompt);
    }
    Next taken = std::move(next);
    delete this;
    return taken(status);
  }
};

void RecordedQuestion::go_on(void* waiting, pf_status status) {
  auto* self = static_cast<Waiting*>(waiting);
  pf_call* call = self->call;
  status = self->take(status);
  if (status != PF_PENDING) pf_complete(call, status);
}

pf_status RecordedQuestion::begin(pf_call* call, QuestionFacts facts, Next next) {
  effect_.reset();
  facts_ = std::move(facts);
  auto* waiting = new Waiting{this, call, std::move(next)};
  pf_effect_plan plan = {facts_.provider, pflow::literal(facts_.model), expected_cost(facts_),
                         go_on, waiting};
  pf_effect* effect = nullptr;
  pf_status status = pf_effect_begin(call, &plan, &effect);
  effect_.reset(effect);
  if (status != PF_PENDING) return waiting->take(status);
  call->state = waiting;
  call->cancel = [](pf_call* cancelled) {
    if (!cancelled->state) return;
    pflow::fail(cancelled, PF_E_CANCELLED, "the question was cancelled");
    go_on(cancelled->state, PF_FAILED);
  };
  return PF_PENDING;
}

void RecordedQuestion::said(const char* part, std::string_view text) {
  if (!effect_ || text.empty()) return;
  pf_str borrowed = pflow::literal(text);
  pf_effect_said(effect_.get(), part, &borrowed);
}

void RecordedQuestion::answered(const Answer& answer) {
  if (!effect_) return;
  std::optional<double> cost = cost_of(facts_, answer);
  pf_used used{};
  used.input_tokens = answer.input_tokens;
  used.cached_input_tokens = answer.cached_tokens;
  used.output_tokens = answer.output_tokens;
  used.reasoning_tokens = answer.reasoning_tokens;
  used.has_cost = cost.has_value();
  used.cost = cost.value_or(0);
  pf_effect_used(effect_.get(), &used);
  said("response", answer.text);
}

void RecordedQuestion::broke_off() {
  pf_used unknown{};
  if (effect_) pf_effect_used(effect_.get(), &unknown);
}

void RecordedQuestion::outlives() {
  if (effect_) pf_effect_outlives(effect_.get());
}

void RecordedQuestion::end(pf_status status) {
  if (pf_effect* effect = effect_.release()) pf_effect_end(effect, status);
}

}  // namespace pf_models
