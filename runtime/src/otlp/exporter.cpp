#include "runtime/src/otlp/exporter.h"

#include <stddef.h>
#include <unistd.h>

#include <algorithm>

#include "runtime/src/descriptors/descriptors.h"
#include "runtime/src/running/timers.h"
#include "runtime/src/values/memory.h"

namespace pflow::otlp {
namespace {

constexpr size_t kEnough = 512;  ///< spans are sent together
constexpr size_t kMostWaiting = 20'000;
constexpr int kMostTries = 3;
constexpr int64_t kSecond = 1'000'000'000;
constexpr int64_t kAtTheEnd = 2 * kSecond;

/// What OTLP/HTTP calls retryable.
bool may_pass(const HttpResponse& response) {
  if (response.error)
    return response.error_kind == PF_E_NETWORK || response.error_kind == PF_E_TIMEOUT;
  return response.status == 429 || (response.status >= 502 && response.status <= 504);
}

}  // namespace

/// A frame of its own that the loop runs once more.
struct Exporter::Finish {
  pf_frame head;
  pf_timer deadline;
  Exporter* exporter;

  static pf_status resume(pf_frame* frame);
  static void give_up(Finish* self);
  void end() {
    pf_timer_stop(&deadline);
    exporter->finish_ = nullptr;
    pf_complete(&head.call, PF_DONE);
  }
};

void Exporter::add(rt::Buffer& span) {
  if (count_ == kMostWaiting) return lose(1, "it is slower than the run");
  if (count_++ != 0) spans_.add(',');
  spans_.add(span.text());
  if (count_ >= kEnough) send();
}

void Exporter::lose(size_t spans, const char* why) {
  lost_ += spans;
  problem_.clear();
  problem_.add(why);
}

/// All that wait, where nothing is on its way.
void Exporter::send() {
  if (post_ || again_.timer.place != 0 || count_ == 0) return;
  body_.clear();
  body_.add("{\"resourceSpans\":[{\"resource\":{\"attributes\":[");
  body_.add(settings_.resource.text());
  body_.add("]},\"scopeSpans\":[{\"scope\":{\"name\":\"pflow\",\"version\":\"" PFLOW_VERSION
            "\"},\"spans\":[");
  body_.add(spans_.text());
  body_.add("]}]}]}");
  sent_ = count_;
  tries_ = 0;
  count_ = 0;
  spans_.clear();
  post();
}

void Exporter::post() {
  ++tries_;
  HttpRequest request;
  request.method = "POST";
  request.url = settings_.address.text();
  request.headers = settings_.headers.data();
  request.header_count = settings_.headers.size();
  request.body = body_.text();
  request.has_body = true;
  request.timeout_ms = settings_.timeout_ms;
  request.recorded = false;
  post_ = http_start(
      request,
      [](void* self, const HttpResponse& response) {
        static_cast<Exporter*>(self)->take_answer(response);
      },
      this);
}

void Exporter::take_answer(const HttpResponse& response) {
  post_ = nullptr;
  bool taken = !response.error && response.status >= 200 && response.status < 300;
  if (!taken && tries_ < kMostTries && may_pass(response)) {
    int64_t wait = std::max(http_retry_after(response), tries_ * kSecond / 4);
    return pf_timer_start(&again_.timer, wait, [](pf_timer* timer) {
      rt::timer_owner<Again>(timer, offsetof(Again, timer))->exporter->post();
    });
  }
  if (!taken) {
    rt::Buffer why;
    response.error ? why.add(response.error) : why.format("HTTP %d", response.status);
    lose(sent_, why.c_str());
  }
  go_on();
}

void Exporter::go_on() {
  if (finish_ ? count_ != 0 : count_ >= kEnough) return send();
  if (finish_) finish_->end();
}

// ---- the end --------------------------------------------------------------------------------

void Exporter::Finish::give_up(Finish* self) {
  Exporter& exporter = *self->exporter;
  size_t rest = exporter.count_ + (exporter.again_.timer.place != 0 ? exporter.sent_ : 0);
  pf_timer_stop(&exporter.again_.timer);
  exporter.count_ = 0;
  exporter.tries_ = kMostTries;
  exporter.finish_ = nullptr;
  if (exporter.post_) http_cancel(exporter.post_);
  exporter.lose(rest, "no answer within two seconds");
  self->end();
}

pf_status Exporter::Finish::resume(pf_frame* frame) {
  auto* self = reinterpret_cast<Finish*>(frame);
  if (frame->state != 0) return PF_DONE;
  frame->state = 1;
  frame->call.frame = frame;
  frame->call.cancel = [](pf_call* call) { give_up(reinterpret_cast<Finish*>(call->frame)); };
  self->exporter->send();
  pf_timer_start(&self->deadline, kAtTheEnd, [](pf_timer* timer) {
    give_up(rt::timer_owner<Finish>(timer, offsetof(Finish, deadline)));
  });
  return PF_PENDING;
}

void Exporter::wait_for_rest() {
  static constexpr pf_frame_info kInfo = {
      .name = "traces", .size = sizeof(Finish), .resume = Finish::resume};
  Finish finish = {};
  finish.head.info = &kInfo;
  finish.exporter = this;
  finish_ = &finish;
  (void)pf_loop.run(&finish.head);
}

void Exporter::tell_lost() {
  if (lost_ == 0 || pf_quiet()) return;
  rt::Buffer line;
  line.format("%zu %s not taken by %s", lost_,
              lost_ == 1 ? "span of the trace was" : "spans of the trace were",
              settings_.address.c_str());
  if (problem_.size() != 0) line.format(": %s", problem_.c_str());
  line.add('\n');
  rt::write_all(STDERR_FILENO, line.data(), line.size());
}

void Exporter::finish() {
  if (count_ != 0 || post_ || again_.timer.place != 0) wait_for_rest();
  tell_lost();
}

}  // namespace pflow::otlp
