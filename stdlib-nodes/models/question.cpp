#include "question.h"

#include <memory>

#include "pflow/http.hpp"
#include "provider_request.h"
#include "reply.h"
#include "stdlib-nodes/models/choice/provider.h"

namespace pf_models {
namespace {

using pflow::HttpResponse;

/// What a server may take for a whole answer before we give up.
constexpr int64_t kTimeoutMs = 600'000;

/// One question on its way.
struct Question {
  pf_call* call;
  const Provider& provider;
  std::string who;
  std::unique_ptr<Asker> asker;
  std::string key;  ///< not to be shown
  pflow::HttpExchange* exchange;
};

pf_status fail_text(const Question& question, std::string_view why) {
  pflow::fail(question.call, PF_E_PARSE,
              question.who + "the answer of the provider " + std::string(why));
  pf_fail_once(question.call);
  return PF_FAILED;
}

pf_status take(Question& question, const HttpResponse& response) {
  if (response.error)
    return fail_transport(question.call, question.who + "no answer from ", question.provider,
                          question.key, response);
  bool failed = response.status < 200 || response.status >= 300;
  pf_str body{}, problem{};
  if (!pflow::http_text(response, &body, &problem)) {
    pflow::Text why(problem);
    if (!failed) return fail_text(question, why.view());
  }
  pflow::Text text(body);
  pf_status status = question.asker->take(question.call, response.status, text.view());
  if (failed && status == PF_FAILED) note_status(question.call, question.provider, response);
  return status;
}

void answered(void* user, const HttpResponse& response) {
  std::unique_ptr<Question> question(static_cast<Question*>(user));
  pf_call* call = question->call;
  pf_status status = take(*question, response);
  if (status == PF_FAILED) status = question->asker->failed(call);
  question.reset();
  if (status == PF_PENDING) return;
  call->state = nullptr;
  pf_complete(call, status);
}

void cancel(pf_call* call) {
  if (call->state) pflow::http_cancel(static_cast<Question*>(call->state)->exchange);
}

}  // namespace

std::string asked_of(const Provider& provider, std::string_view model) {
  return std::string(provider.name) + "/" + std::string(model) + ": ";
}

void ask(pf_call* call, const Provider& provider, std::string_view who, std::string_view path,
         const std::string& key, const std::string& body, Asker* asker) {
  ProviderRequest sent(provider, path, key, body);
  sent.request.timeout_ms = kTimeoutMs;
  auto* question =
      new Question{call, provider, std::string(who), std::unique_ptr<Asker>(asker), key, nullptr};
  call->state = question;
  call->cancel = cancel;
  question->exchange = pflow::http_start(sent.request, answered, question);
}

}  // namespace pf_models
