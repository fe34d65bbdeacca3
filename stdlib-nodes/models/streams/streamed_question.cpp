#include "streamed_question.h"

#include "pflow/json.hpp"
#include "stdlib-nodes/models/provider_request.h"
#include "stdlib-nodes/models/reply.h"

namespace pf_models {
namespace {

using pflow::HttpResponse;

constexpr int64_t kSecond = 1'000'000'000;
/// How long nothing may come of an answer.
constexpr int64_t kSilence = 600 * kSecond;
/// How long an answer that has said how it ended may take to say the rest, its counts, and to end
/// its connection in order, so that it can be used again.
constexpr int64_t kLinger = 3 * kSecond;

bool is_good(const HttpResponse& response) {
  return response.status >= 200 && response.status < 300;
}

}  // namespace

std::string shown_duration(int64_t nanoseconds) {
  constexpr pf_type kDuration = {
      PF_DURATION, sizeof(int64_t), alignof(int64_t), 0,      "duration", nullptr,
      0,           nullptr,         nullptr,          nullptr};
  pf_str text{};
  pf_to_text(&text, &nanoseconds, &kDuration);
  return std::string(pflow::Text(text).view());
}

StreamedQuestion::StreamedQuestion(StreamedRequest request, Listener& listener)
    : request_(std::move(request)), listener_(&listener), body_(*request_.wire) {
  ProviderRequest sent(*request_.provider, request_.path, request_.key, request_.body);
  sent.request.sink = &kSink;
  sent.request.encoded = false;  // what is compressed comes late
  timer_.owner = this;
  wait();
  exchange_ = pflow::http_start(sent.request, done, this);
}

StreamedQuestion::~StreamedQuestion() {
  listener_ = nullptr;
  cancel();
  pf_timer_stop(&timer_.timer);
}

void StreamedQuestion::pause() {
  if (paused_ || !exchange_) return;
  paused_ = true;
  pf_timer_stop(&timer_.timer);
  pflow::http_pause(exchange_);
}

void StreamedQuestion::resume() {
  if (!paused_ || !exchange_) return;
  paused_ = false;
  wait();
  pflow::http_resume(exchange_);
}

void StreamedQuestion::cancel() {
  if (exchange_) pflow::http_cancel(exchange_);
}

/// Until the next bytes, or the first piece of the text.
void StreamedQuestion::wait() {
  if (body_.ended())
    pf_timer_start(&timer_.timer, kLinger, fired);
  else if (!body_.text().empty() || request_.first_token == 0)
    pf_timer_start(&timer_.timer, kSilence, fired);
  else if (!exchange_)
    pf_timer_start(&timer_.timer, request_.first_token, fired);
}

void StreamedQuestion::fired(pf_timer* timer) {
  StreamedQuestion* self = reinterpret_cast<Timer*>(timer)->owner;
  bool first = self->body_.text().empty() && self->request_.first_token != 0;
  if (!self->body_.ended()) self->late_ = first ? Late::First : Late::Silent;
  self->cancel();
}

bool StreamedQuestion::begin(void*, const HttpResponse& head) { return is_good(head); }

bool StreamedQuestion::take(void* user, const char* data, size_t len) {
  return static_cast<StreamedQuestion*>(user)->hear({data, len});
}

bool StreamedQuestion::hear(std::string_view bytes) {
  std::vector<std::string> pieces;
  body_.add(bytes, pieces);
  if (!paused_) wait();
  tell(pieces);
  return !body_.failed();
}

void StreamedQuestion::tell(std::vector<std::string>& pieces) {
  for (std::string& piece : pieces)
    if (listener_) listener_->said(std::move(piece));
}

void StreamedQuestion::done(void* user, const HttpResponse& response) {
  static_cast<StreamedQuestion*>(user)->end(response);
}

void StreamedQuestion::end(const HttpResponse& response) {
  exchange_ = nullptr;
  pf_timer_stop(&timer_.timer);
  if (!listener_) return;
  response_.emplace(response);
  if (!response.error && is_good(response)) {
    std::vector<std::string> pieces;
    body_.finish(pieces);
    tell(pieces);
  }
  result_ = result_of(response);
  tell_rest();
  listener_->ended();
}

/// An answer that has said how it ended stands, however its connection did.
AnswerResult StreamedQuestion::result_of(const HttpResponse& response) {
  if (response.error && !body_.ended()) return {};
  if (response.error || is_good(response)) return body_.answer();
  pf_str body{}, problem{};
  pflow::http_text(response, &body, &problem);
  pf_str_release(problem);
  return read_answer(*request_.wire, response.status, pflow::Text(body).view());
}

/// What did not come in pieces: of a whole body, of an end that says more.
void StreamedQuestion::tell_rest() {
  if (!result_.answer) return;
  std::string_view text = result_.answer->text;
  if (text.size() > body_.text().size() && text.starts_with(body_.text()))
    listener_->said(std::string(text.substr(body_.text().size())));
}

std::string StreamedQuestion::lateness() const {
  if (late_ == Late::First)
    return "no text of the answer came within " + shown_duration(request_.first_token);
  return "the answer broke off: nothing came for " + shown_duration(kSilence);
}

pf_status StreamedQuestion::fail(pf_call* call) const {
  const HttpResponse& response = response_->get();
  bool begun = !body_.text().empty();
  if (late_ != Late::No) {
    pflow::fail(call, PF_E_TIMEOUT, request_.who + lateness());
  } else if (result_.problem.empty()) {
    const char* begin = begun ? "the answer broke off, from " : "no answer from ";
    fail_transport(call, request_.who + begin, *request_.provider, request_.key, response);
  } else {
    fail_answer(call, request_.who, result_, request_.key);
    if (!response.error && !is_good(response)) note_status(call, *request_.provider, response);
  }
  if (begun) {
    pflow::JsonObject data;
    data.add("text", pflow::json(pflow::text(body_.text())));
    pf_fail_data(call, data.take());
  }
  return PF_FAILED;
}

}  // namespace pf_models
