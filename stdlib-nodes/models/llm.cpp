// llm: one question to OpenAI's chat completions, or to the built-in model `echo`;
// its answer as text or, with `schema`, as a value of that type.
#include <cmath>
#include <string>

#include "models.pf.hpp"
#include "openai_chat.h"
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
  int64_t max_tokens = in->max_tokens.has ? in->max_tokens.value : 0;
  return pf_models::take_answer(call, answer, in->type_T, max_tokens, out->response);
}

/// Waits for the answer of one question.
class Asker : public pf_models::Asker {
 public:
  Asker(const llm_in* in, llm_out* out, std::string model, std::string key)
      : in_(in), out_(out), model_(std::move(model)), key_(std::move(key)) {}

  pf_status take(pf_call* call, int status, std::string_view body) override {
    pf_models::AnswerResult result = pf_models::read_answer(status, body);
    if (!result.answer)
      return pflow::fail(call, result.kind,
                         pf_models::presentable(std::move(result.problem), key_));
    const Answer& answer = *result.answer;
    if (take_answer(call, in_, out_, answer) != PF_DONE) return PF_FAILED;
    out_->model = pflow::text(answer.model.empty() ? model_ : answer.model);
    out_->usage = {answer.input_tokens,
                   answer.output_tokens,
                   {answer.cost.value_or(0), answer.cost.has_value()}};
    return PF_DONE;
  }

 private:
  const llm_in* in_;
  llm_out* out_;
  std::string model_;
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

/// The model of this call; empty after the call was failed.
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

/// False after the call was failed: a computed model is only known here.
bool check_provider(pf_call* call, std::string& key) {
  std::string problem = pf_models::base_url_problem();
  if (!problem.empty()) {
    pflow::fail(call, PF_E_CONFIG, problem);
    return false;
  }
  switch (pf_models::find_key(key)) {
    case PF_KEY_FOUND: return true;
    case PF_KEY_BROKEN:
      pf_fail(call, PF_E_KEY, "the key for `openai` cannot be read");
      return false;
    case PF_KEY_ABSENT: break;
  }
  pf_fail(call, PF_E_KEY, "%s", pf_models::kNoKey);
  pf_fail_help(call, "%s", pf_models::kNoKeyHelp);
  return false;
}

pf_models::ChatRequest chat_request(const llm_in* in, const std::string& model,
                                    const pf_str& prompt) {
  pf_models::ChatRequest request;
  request.model = model;
  request.prompt = view(prompt);
  if (in->system.has) request.system = view(in->system.value);
  if (in->temperature.has) request.temperature = in->temperature.value;
  if (in->max_tokens.has) request.max_tokens = in->max_tokens.value;
  if (in->type_T->kind != PF_STR) request.schema = pf_models::answer_schema(*in->type_T);
  return request;
}

}  // namespace

pf_status pfn_models_llm(pf_call* call, const llm_in* in, llm_out* out) {
  if (!check_values(call, in)) return PF_FAILED;
  std::string model = choose_model(call, in);
  if (model.empty()) return PF_FAILED;
  pflow::Text prompt(user_prompt(in));
  if (model == pf_models::kEcho) {
    out->model = pflow::text(model);
    return take_answer(call, in, out, Answer{.text = std::string(prompt.view())});
  }
  std::string key;
  if (!check_provider(call, key)) return PF_FAILED;
  std::string body = pf_models::request_body(chat_request(in, model, prompt.get()));
  pf_models::ask(call, "/chat/completions", key, body, new Asker(in, out, model, key));
  return PF_PENDING;
}
