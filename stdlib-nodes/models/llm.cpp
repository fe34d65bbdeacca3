// llm: one question to a model of a provider, or to the built-in model `echo`; its answer
// as text or, with `schema`, as a value of that type.
#include <cmath>
#include <string>

#include "model_facts.h"
#include "models.pf.hpp"
#include "pflow/node.hpp"
#include "provider.h"
#include "question.h"
#include "schema.h"
#include "typed_answer.h"

namespace {

using pf_models::Answer;
using pflow::view;

/// The final user message: a piped input, a blank line, the prompt.
pf_str user_prompt(const llm_in* in) {
  if (!in->input.has) return pflow::share(in->prompt);
  return pflow::join({view(in->input.value), "\n\n", view(in->prompt)});
}

pf_status take_answer(pf_call* call, const llm_in* in, llm_out* out, const Answer& answer) {
  pf_models::Wanted wanted = {in->type_T, in->max_tokens.has ? in->max_tokens.value : 0,
                              in->partial};
  if (pf_models::take_answer(call, answer, wanted, out->response) != PF_DONE) return PF_FAILED;
  out->finish = pflow::text(pf_models::finish_word(answer.ending));
  return PF_DONE;
}

/// Waits for the answer of one question.
class Asker : public pf_models::Asker {
 public:
  Asker(const llm_in* in, llm_out* out, pf_models::Model model, std::string key)
      : in_(in), out_(out), model_(std::move(model)), key_(std::move(key)) {}

  pf_status take(pf_call* call, int status, std::string_view body) override {
    pf_models::AnswerResult result = pf_models::read_answer(*model_.facts->wire, status, body);
    if (!result.answer)
      return pflow::fail(call, result.kind,
                         pf_models::presentable(std::move(result.problem), key_));
    const Answer& answer = *result.answer;
    if (take_answer(call, in_, out_, answer) != PF_DONE) return PF_FAILED;
    out_->model = pflow::text(answer.model.empty() ? model_.id : answer.model);
    out_->usage = {answer.input_tokens,
                   answer.output_tokens,
                   {answer.cost.value_or(0), answer.cost.has_value()}};
    return PF_DONE;
  }

 private:
  const llm_in* in_;
  llm_out* out_;
  pf_models::Model model_;
  std::string key_;  ///< not to be shown
};

/// Values that no request can hold.
bool check_values(pf_call* call, const llm_in* in) {
  if (in->temperature.has && !std::isfinite(in->temperature.value)) {
    pf_fail(call, PF_E_VALUE, "`temperature` is %g; expected a number", in->temperature.value);
    return false;
  }
  if (in->max_tokens.has && in->max_tokens.value < 1) {
    pf_fail(call, PF_E_VALUE, "`max_tokens` is %lld; expected 1 or more",
            static_cast<long long>(in->max_tokens.value));
    return false;
  }
  return true;
}

/// The name of this call's model; empty after the call was failed.
std::string choose_model(pf_call* call, const llm_in* in) {
  if (in->model.has) {
    if (in->model.value.len == 0) pf_fail(call, PF_E_VALUE, "`model` is empty");
    return std::string(view(in->model.value));
  }
  if (const char* model = pf_default_model()) return model;
  pf_fail(call, PF_E_CONFIG, "%s", pf_models::kNoModel);
  pf_fail_help(call, "%s", pf_models::kNoModelHelp);
  return "";
}

/// Whether the model can be asked so; false after the call was failed. A computed model is
/// only known here.
bool check_model(pf_call* call, const llm_in* in, const std::string& name,
                 const pf_models::Model& model) {
  if (!model.facts) {
    pflow::fail(call, PF_E_CONFIG, pf_models::unknown_model(name));
    pf_fail_help(call, "%s", pf_models::kUnknownModelHelp);
    return false;
  }
  if (!in->temperature.has || model.facts->samples) return true;
  pflow::fail(call, PF_E_CONFIG, pf_models::no_temperature(name));
  pf_fail_help(call, "%s", pf_models::kNoTemperatureHelp);
  return false;
}

/// False after the call was failed.
bool check_provider(pf_call* call, const pf_models::Provider& provider, std::string& key) {
  std::string problem = pf_models::base_url_problem(provider);
  if (!problem.empty()) {
    pflow::fail(call, PF_E_CONFIG, problem);
    return false;
  }
  switch (pf_models::find_key(provider, key)) {
    case PF_KEY_FOUND: return true;
    case PF_KEY_BROKEN:
      pf_fail(call, PF_E_KEY, "the key for `%s` cannot be read", provider.name);
      return false;
    case PF_KEY_ABSENT: break;
  }
  if (!provider.needs_key) return true;
  pflow::fail(call, PF_E_KEY, pf_models::no_key(provider));
  pf_fail_help(call, "%s", pf_models::no_key_help(provider).c_str());
  return false;
}

pf_models::ModelRequest request_of(const llm_in* in, const pf_models::Model& model,
                                   const pf_str& prompt) {
  pf_models::ModelRequest request;
  request.model = model.id;
  request.facts = model.facts;
  request.prompt = view(prompt);
  if (in->system.has) request.system = view(in->system.value);
  if (in->temperature.has) request.temperature = in->temperature.value;
  if (in->max_tokens.has) request.max_tokens = in->max_tokens.value;
  if (in->type_T->kind != PF_STR) request.shape = pf_models::answer_shape(*in->type_T);
  return request;
}

}  // namespace

pf_status pfn_models_llm(pf_call* call, const llm_in* in, llm_out* out) {
  if (!check_values(call, in)) return PF_FAILED;
  std::string name = choose_model(call, in);
  if (name.empty()) return PF_FAILED;
  pflow::Text prompt(user_prompt(in));
  if (name == pf_models::kEcho) {
    out->model = pflow::text(name);
    return take_answer(call, in, out, Answer{.text = std::string(prompt.view())});
  }
  pf_models::Model model = pf_models::find_model(name);
  std::string key;
  if (!check_model(call, in, name, model) || !check_provider(call, model.provider(), key))
    return PF_FAILED;
  const pf_models::WireForm& wire = *model.facts->wire;
  pf_models::ModelRequest request = request_of(in, model, prompt.get());
  std::string path = wire.path(request), body = wire.body(request);
  pf_models::ask(call, model.provider(), path, key, body, new Asker(in, out, model, key));
  return PF_PENDING;
}
