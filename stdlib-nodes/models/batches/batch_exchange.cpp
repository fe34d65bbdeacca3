#include "batch_exchange.h"

#include <algorithm>
#include <utility>

#include "stdlib-nodes/models/provider_request.h"

namespace pf_models {
namespace {

using pflow::HttpResponse;

constexpr int64_t kSecond = 1'000'000'000;
/// Some ten minutes in all.
constexpr int kMostFailures = 12;
constexpr int64_t kLongestPause = 60 * kSecond;
constexpr int64_t kTimeoutMs = 600'000;
/// Nobody waits long for a request of which nothing is needed.
constexpr int64_t kOnceTimeoutMs = 5'000;

/// A server that is too busy has done nothing.
bool is_busy(int status) { return status == 429 || status == 503 || status == 529; }

bool has_no_answer(const HttpResponse& response) {
  if (!response.error) return is_busy(response.status) || response.status >= 500;
  return !response.once &&
         (response.error_kind == PF_E_NETWORK || response.error_kind == PF_E_TIMEOUT);
}

int64_t pause_after(const HttpResponse& response, int failures) {
  const int64_t asked = response.error ? -1 : pflow::http_retry_after(response);
  return asked >= 0 ? asked : std::min(kLongestPause, kSecond << std::min(failures, 6));
}

}  // namespace

void BatchExchange::send(BatchRequest request, Tries tries, Done done) {
  request_ = std::move(request);
  tries_ = tries;
  failures_ = 0;
  done_ = std::move(done);
  start();
}

void BatchExchange::start() {
  ProviderRequest sent(provider_, request_.path, key_, request_.body, request_.content_type);
  sent.request.timeout_ms = tries_ == Tries::Once ? kOnceTimeoutMs : kTimeoutMs;
  if (request_.body.empty()) {
    sent.request.method = "GET";
    sent.request.has_body = false;
  }
  under_way_ = pflow::http_start(
      sent.request,
      [](void* user, const HttpResponse& response) {
        static_cast<BatchExchange*>(user)->take(response);
      },
      this);
}

bool BatchExchange::is_tried_again(const HttpResponse& response) const {
  if (failures_ >= kMostFailures) return false;
  switch (tries_) {
    case Tries::Once: return false;
    case Tries::Unanswered: return !response.error && is_busy(response.status);
    case Tries::Harmless: return has_no_answer(response);
  }
  return false;
}

void BatchExchange::take(const HttpResponse& response) {
  under_way_ = nullptr;
  if (!done_) return;  // cancelled
  if (is_tried_again(response))
    return pause(pause_after(response, failures_++), [this] { start(); });
  Done done = std::exchange(done_, nullptr);
  pf_str body{}, problem{};
  if (!response.error && !pflow::http_text(response, &body, &problem)) pf_str_release(problem);
  pflow::Text text(body);
  done(response, text.view());
}

void BatchExchange::pause(int64_t nanoseconds, std::function<void()> then) {
  then_ = std::move(then);
  pf_timer_start(&pause_.timer, nanoseconds, [](pf_timer* timer) {
    BatchExchange* exchange = reinterpret_cast<Pause*>(timer)->exchange;
    std::exchange(exchange->then_, nullptr)();
  });
}

void BatchExchange::cancel() {
  done_ = nullptr;
  pf_timer_stop(&pause_.timer);
  if (under_way_) pflow::http_cancel(under_way_);
}

}  // namespace pf_models
