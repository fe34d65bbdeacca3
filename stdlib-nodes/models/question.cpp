#include "question.h"

#include <memory>
#include <vector>

#include "pflow/http.hpp"
#include "pflow/shown_url.hpp"
#include "provider.h"

namespace pf_models {
namespace {

using pflow::HttpResponse;
using pflow::view;

/// What a server may take for a whole answer before we give up.
constexpr int64_t kTimeoutMs = 600'000;

/// One question on its way.
struct Question {
  pf_call* call;
  const Provider& provider;
  std::unique_ptr<Asker> asker;
  std::string key;  ///< not to be shown
  pflow::HttpExchange* exchange;
};

pf_status fail_transport(const Question& question, const HttpResponse& response) {
  if (response.error_kind == PF_E_CANCELLED)
    return pflow::fail(question.call, PF_E_CANCELLED, "the question was cancelled");
  pflow::fail(question.call, response.error_kind,
              presentable("no answer from " + shown_url(question.provider) + ": " + response.error,
                          question.key));
  if (response.help) pf_fail_help(question.call, "%s", response.help);
  if (response.once) pf_fail_once(question.call);
  return PF_FAILED;
}

pf_status fail_text(const Question& question, std::string_view why) {
  pflow::fail(question.call, PF_E_PARSE, "the answer of the provider " + std::string(why));
  pf_fail_once(question.call);
  return PF_FAILED;
}

/// What the answer says to the retries of its stage, and to who reads the error.
void note_status(const Question& question, const HttpResponse& response) {
  if (const pf_str* wait = pflow::http_header(response, "retry-after"))
    pf_fail_help(question.call, "the provider asks to wait: Retry-After is %s",
                 pflow::CText(*wait).c_str());
  pf_fail_status(question.call, response.status, pflow::http_retry_after(response));
  if (response.status >= 400) return;
  pf_fail_once(question.call);
  const pf_str* location = pflow::http_header(response, "location");
  if (!location) return;
  pflow::ShownUrl shown = pflow::shown_url(view(*location));
  pf_fail_help(question.call, "it redirects to `%.*s%.*s`; set %s to where the provider is",
               static_cast<int>(shown.scheme.size()), shown.scheme.data(),
               static_cast<int>(shown.rest.size()), shown.rest.data(),
               question.provider.base_variable);
}

pf_status take(Question& question, const HttpResponse& response) {
  if (response.error) return fail_transport(question, response);
  bool failed = response.status < 200 || response.status >= 300;
  pf_str body{}, problem{};
  if (!pflow::http_text(response, &body, &problem)) {
    pflow::Text why(problem);
    if (!failed) return fail_text(question, why.view());
  }
  pflow::Text text(body);
  pf_status status = question.asker->take(question.call, response.status, text.view());
  if (failed && status != PF_DONE) note_status(question, response);
  return status;
}

void answered(void* user, const HttpResponse& response) {
  std::unique_ptr<Question> question(static_cast<Question*>(user));
  pf_call* call = question->call;
  pf_status status = take(*question, response);
  question.reset();
  if (status == PF_PENDING) return;
  call->state = nullptr;
  pf_complete(call, status);
}

void cancel(pf_call* call) {
  if (call->state) pflow::http_cancel(static_cast<Question*>(call->state)->exchange);
}

}  // namespace

namespace {

/// Of one request; the texts outlive it.
class Headers {
 public:
  Headers(const Provider& provider, const std::string& key) {
    add("Content-Type", "application/json");
    add("Accept", "application/json");
    if (&provider == &provider_of(ProviderName::Anthropic)) add("anthropic-version", "2023-06-01");
    if (key.empty()) return;
    bearer_ = "Bearer " + key;
    if (provider.key_header.empty())
      add("Authorization", bearer_);
    else
      add(provider.key_header, key);
  }
  [[nodiscard]] const std::vector<pflow::HttpHeader>& all() const { return all_; }

 private:
  void add(std::string_view name, std::string_view value) {
    all_.push_back({pflow::literal(name), pflow::literal(value)});
  }
  std::vector<pflow::HttpHeader> all_;
  std::string bearer_;
};

}  // namespace

void ask(pf_call* call, const Provider& provider, std::string_view path, const std::string& key,
         const std::string& body, Asker* asker) {
  std::string url = request_url(provider, path);
  Headers headers(provider, key);
  pflow::HttpRequest request;
  request.method = "POST";
  request.url = pflow::literal(url);
  request.headers = headers.all().data();
  request.header_count = headers.all().size();
  request.body = pflow::literal(body);
  request.has_body = true;
  request.timeout_ms = kTimeoutMs;
  auto* question = new Question{call, provider, std::unique_ptr<Asker>(asker), key, nullptr};
  call->state = question;
  call->cancel = cancel;
  question->exchange = pflow::http_start(request, answered, question);
}

}  // namespace pf_models
