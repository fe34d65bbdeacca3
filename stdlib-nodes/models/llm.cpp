// llm: one question to OpenAI's chat completions, or to the built-in model `echo`;
// its answer as text or, with `schema`, as a value of that type.
#include <cmath>
#include <string>

#include "chat.h"
#include "models.pf.hpp"
#include "pflow/http.hpp"
#include "pflow/node.hpp"
#include "provider.h"
#include "schema.h"

namespace {

using pflow::HttpExchange;
using pflow::HttpResponse;
using pflow::view;

/// What a server may take for a whole answer before we give up.
constexpr int64_t kTimeoutMs = 600'000;

/// One question on its way.
struct Question {
  pf_call* call;
  const llm_in* in;
  llm_out* out;
  HttpExchange* exchange;
  std::string model;
  std::string key;
};

/// The final user message: a piped input, a blank line, the prompt.
pf_str user_prompt(const llm_in* in) {
  if (!in->input.has) return pflow::share(in->prompt);
  return pflow::join({view(in->input.value), "\n\n", view(in->prompt)});
}

/// The answer's text as what `schema` asks for.
pf_status take_text(pf_call* call, const llm_in* in, llm_out* out, pf_str owned) {
  pflow::Text text(owned);
  const pf_type* type = in->type_T;
  if (type->kind == PF_STR) {
    *static_cast<pf_str*>(out->response) = text.take();
    return PF_DONE;
  }
  if (!pf_models::is_wrapped(*type)) return pf_json_read(call, &text.get(), type, out->response);
  const pf_field value = {"value", "value", type, 0, nullptr, nullptr};
  const pf_type wrapper = {PF_RECORD, type->size, type->align, type->counted, "answer",
                           nullptr,   1,          &value,      nullptr,       nullptr};
  return pf_json_read(call, &text.get(), &wrapper, out->response);
}

/// What a failed request says to the retries of its stage.
void note_status(Question* question, const HttpResponse& response) {
  for (size_t i = 0; i < response.header_count; ++i)
    if (view(response.headers[i].name) == "retry-after")
      pf_fail_help(question->call, "the provider asks to wait: Retry-After is %s",
                   pflow::CText(response.headers[i].value).c_str());
  pf_fail_status(question->call, response.status, pflow::http_retry_after(response));
}

pf_status fail_answer(Question* question, pf_error_kind kind, std::string text) {
  return pflow::fail(question->call, kind, pf_models::presentable(std::move(text), question->key));
}

pf_status take_answer(Question* question, const HttpResponse& response) {
  if (response.error) {
    if (response.error_kind == PF_E_CANCELLED) {
      return pflow::fail(question->call, PF_E_CANCELLED, "the question was cancelled");
    }
    fail_answer(question, response.error_kind,
                "no answer from " + pf_models::shown_url() + ": " + response.error);
    if (response.help) pf_fail_help(question->call, "%s", response.help);
    return PF_FAILED;
  }
  pf_models::ChatResult result = pf_models::read_answer(response.status, view(response.body));
  if (!result.answer) {
    fail_answer(question, result.kind, std::move(result.problem));
    if (response.status >= 400) note_status(question, response);
    return PF_FAILED;
  }
  const pf_models::ChatAnswer& answer = *result.answer;
  llm_out* out = question->out;
  if (take_text(question->call, question->in, out, pflow::text(answer.text)) != PF_DONE) {
    pf_fail_help(question->call, "the model was asked for `%s`", question->in->type_T->name);
    return PF_FAILED;
  }
  out->model = pflow::text(answer.model.empty() ? question->model : answer.model);
  out->usage = {answer.input_tokens,
                answer.output_tokens,
                {answer.cost.value_or(0), answer.cost.has_value()}};
  return PF_DONE;
}

void answered(void* user, const HttpResponse& response) {
  auto* question = static_cast<Question*>(user);
  pf_call* call = question->call;
  pf_status status = take_answer(question, response);
  delete question;
  call->state = nullptr;
  pf_complete(call, status);
}

void cancel(pf_call* call) {
  if (call->state) pflow::http_cancel(static_cast<Question*>(call->state)->exchange);
}

void send(Question* question, const std::string& body) {
  std::string url = pf_models::request_url("/chat/completions");
  std::string authorization = "Bearer " + question->key;
  const pflow::HttpHeader headers[] = {
      {pflow::literal("Content-Type"), pflow::literal("application/json")},
      {pflow::literal("Accept"), pflow::literal("application/json")},
      {pflow::literal("Authorization"), pflow::literal(authorization)},
  };
  pflow::HttpRequest request;
  request.method = "POST";
  request.url = pflow::literal(url);
  request.headers = headers;
  request.header_count = std::size(headers);
  request.body = pflow::literal(body);
  request.has_body = true;
  request.timeout_ms = kTimeoutMs;
  question->exchange = pflow::http_start(request, answered, question);
}

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
    return take_text(call, in, out, prompt.take());
  }
  std::string key;
  if (!check_provider(call, key)) return PF_FAILED;
  auto* question = new Question{call, in, out, nullptr, model, std::move(key)};
  call->state = question;
  call->cancel = cancel;
  send(question, pf_models::request_body(chat_request(in, model, prompt.get())));
  return PF_PENDING;
}
