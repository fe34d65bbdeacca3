#include "runtime/src/restate/invocation.h"

#include <utility>

#include "pflow/node.hpp"
#include "runtime/src/restate/kept.h"
#include "runtime/src/running/scheduler.h"
#include "runtime/src/serve/arguments.h"
#include "runtime/src/serve/call_errors.h"
#include "runtime/src/serve/flows.h"
#include "runtime/src/serve/results.h"
#include "runtime/src/serve/server.h"
#include "runtime/src/serve/settings.h"

namespace pflow::restate {
namespace {

constexpr uint32_t kBadRequest = 400, kCancelled = 409, kUnavailable = 503, kViolation = 571;
constexpr uint32_t kCancelSignal = 1;

/// The empty body is that of a flow without arguments.
std::string read_arguments(serve::Arguments& arguments, std::string_view input) {
  if (input.empty()) input = "{}";
  std::string problem;
  const boost::json::value value = serve::parse_json(input, problem);
  if (!problem.empty()) return "the body: " + problem;
  if (!value.is_object()) return "the body is no object of arguments";
  return arguments.read(value.get_object(), input);
}

}  // namespace

struct Invocation::Within {
  explicit Within(Invocation& invocation) : invocation(invocation) { ++invocation.depth_; }
  Within(const Within&) = delete;
  Within& operator=(const Within&) = delete;
  ~Within() {
    if (--invocation.depth_ != 0 || !invocation.is_over()) return;
    pf_timer_stop(&invocation.look_.timer);
    delete &invocation;
  }
  Invocation& invocation;
};

Invocation::Invocation(serve::HttpResponder& responder, const pf_served& flow, int protocol)
    : responder_(&responder), flow_(flow), protocol_(protocol), frames_(serve::settings().body) {
  look_.invocation = this;
}

// ---- what comes in

void Invocation::received(std::string_view piece) {
  const Within within(*this);
  frames_.add(piece);
  for (Frame frame{}; responder_ && frames_.next(frame);) take_frame(frame);
  if (responder_ && frames_.is_too_large())
    give_up(kViolation, "a message is larger than PFLOW_SERVE_BODY", "");
}

void Invocation::take_frame(const Frame& frame) {
  if (has_begun_) return take_news(frame);
  if (has_start_) return take_known(frame);
  if (frame.type != MessageType::Start || !read_start(frame.message, start_) ||
      start_.known_entries == 0)
    return give_up(kViolation, "the first message starts no invocation", "");
  has_start_ = true;
}

/// Entries of the journal, in its order.
void Invocation::take_known(const Frame& frame) {
  if (is_command(frame.type)) {
    Command command;
    if (!read_command(frame.message, command))
      return give_up(kViolation, "a command is damaged", "");
    if (frame.type == MessageType::InputCommand)
      input_ = std::move(command.input);
    else if (command.completion != 0)
      entries_.recall(command);
  } else if (!is_notification(frame.type)) {
    return give_up(kViolation, "a message comes that is no entry of the journal", "");
  } else if (!take_notification(frame)) {
    return;
  }
  if (++known_ == start_.known_entries) begin();
}

void Invocation::take_news(const Frame& frame) {
  if (frame.type == MessageType::RunCompletionAck) {
    uint32_t completion = 0;
    if (read_ack(frame.message, completion)) return entries_.complete(completion, {});
  }
  if (!is_notification(frame.type))
    return give_up(kViolation, "a message comes that is no notification", "");
  (void)take_notification(frame);
}

bool Invocation::take_notification(const Frame& frame) {
  Notification news;
  if (!read_notification(frame.message, news)) {
    give_up(kViolation, "a notification is damaged", "");
    return false;
  }
  if (news.completion != 0) {
    entries_.complete(news.completion, std::move(news.value));
  } else if (news.signal == kCancelSignal) {
    is_cancelled_ = true;
    if (call_) serve::cancel_call(*call_);
  } else if (news.signal != 0) {
    awakeables_.came(std::move(news));
  }
  return true;
}

/// All that is known has come.
void Invocation::begin() {
  has_begun_ = true;
  entries_.each_known([&](std::string_view name, std::string_view value) {
    if (name.ends_with(kAwakeable)) awakeables_.recall(value);
  });
  serve::Arguments arguments(flow_);
  const std::string problem = read_arguments(arguments, input_);
  if (!problem.empty()) return end_with(output_failure(kBadRequest, problem) + end());
  if (is_cancelled_) return end_with(output_failure(kCancelled, "cancelled") + end());
  has_ended_ = false;
  call_ = serve::start_call(flow_, arguments, *this);
  if (call_ && !responder_) serve::cancel_call(*call_);  // it was given up meanwhile
}

/// The server wants to hear no more than what is under way.
void Invocation::request_ended() {
  const Within within(*this);
  is_to_end_ = true;
  if (!has_begun_ && responder_) give_up(kViolation, "the request ended too early", "");
  look_soon();
}

/// The same: another process goes on.
void Invocation::drains() {
  is_to_end_ = true;
  look_soon();
}

void Invocation::left() {
  const Within within(*this);
  responder_ = nullptr;
  if (call_ && !has_ended_) serve::cancel_call(*call_);
}

// ---- what goes out

void Invocation::send(const std::string& message) {
  if (responder_) responder_->write(message);
}

void Invocation::end_stream() {
  if (!responder_) return;
  serve::HttpResponder* responder = std::exchange(responder_, nullptr);
  responder->set_exchange(nullptr);
  responder->end();
}

void Invocation::end_with(const std::string& messages) {
  send(messages);
  end_stream();
}

void Invocation::give_up(uint32_t code, std::string_view message, std::string_view command) {
  end_with(error(code, message, command));
  if (call_ && !has_ended_) serve::cancel_call(*call_);
}

void Invocation::done(const pf_frame& run) {
  const Within within(*this);
  has_ended_ = true;
  const bool streams = serve::stream_item(flow_) != nullptr;
  end_with(output_value(streams ? items_ + "]" : serve::result_json(run)) + end());
}

/// What was cancelled by nobody who uses the server can go on elsewhere.
void Invocation::failed(const rt::Failure& failure) {
  const Within within(*this);
  has_ended_ = true;
  if (failure.kind == PF_E_CANCELLED && !is_cancelled_)
    return end_with(error(kUnavailable, "the endpoint ends", ""));
  const auto code =
      is_cancelled_ ? kCancelled : static_cast<uint32_t>(serve::status_of(failure.kind));
  end_with(output_failure(code, serve::error_text(failure)) + end());
}

bool Invocation::take(std::string_view item) {
  if (items_.size() > 1) items_ += ',';
  items_ += item;
  return true;
}

// ---- suspension

void Invocation::step_runs(bool runs) {
  running_ += runs ? 1 : -1;
  look_soon();
}

/// After what is ready has run.
void Invocation::look_soon(int64_t wait) {
  if (!is_to_end_ || !responder_) return;
  pf_timer_start(&look_.timer, wait, [](pf_timer* timer) {
    Invocation& invocation = *reinterpret_cast<Look*>(timer)->invocation;
    const Within within(invocation);
    invocation.suspend_if_idle();
  });
}

/// When all that runs waits for the server, it is begun again once there is news.
void Invocation::suspend_if_idle() {
  if (!responder_ || running_ != 0 || has_ended_) return;
  if (rt::is_something_ready() || busy_for() > 0) return look_soon(busy_for());
  Awaited awaited = {entries_.awaited(), awakeables_.awaited()};
  if (awaited.completions.empty() && awaited.signals.empty()) return;
  awaited.signals.push_back(kCancelSignal);
  end_with(suspension(protocol_, awaited));
  serve::cancel_call(*call_);
}

}  // namespace pflow::restate
