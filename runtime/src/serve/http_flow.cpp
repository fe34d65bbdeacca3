#include "runtime/src/serve/http_flow.h"

#include "runtime/src/serve/arguments.h"
#include "runtime/src/serve/call_errors.h"
#include "runtime/src/serve/calls.h"
#include "runtime/src/serve/flows.h"
#include "runtime/src/serve/results.h"
#include "runtime/src/serve/served_run.h"
#include "runtime/src/serve/settings.h"

namespace pflow::serve {
namespace {

namespace json = boost::json;

constexpr std::string_view kEvents = "text/event-stream";

/// A call of a flow, and the answer to it.
class FlowExchange final : public Caller, public Exchange {
 public:
  FlowExchange(HttpResponder& responder, const pf_served& flow)
      : responder_(responder),
        flow_(flow),
        in_events_(stream_item(flow) && asks_for(responder.request(), kEvents)) {}

  void start(const Arguments& arguments) {
    responder_.set_exchange(this);
    is_starting_ = true;
    call_ = start_call(flow_, arguments, *this);
    is_starting_ = false;
    if (has_ended_) delete this;
  }

  void done(const pf_frame& run) override {
    if (in_events_) {
      forget_run();
      return end_events("event: end\ndata: {}\n\n");
    }
    const bool streams = stream_item(flow_) != nullptr;
    const std::string told = wrapped_result(streams ? items_ + "]" : result_json(run));
    if (is_told_) return end_told(true, told);
    forget_run();
    end({.body = told});
  }

  void failed(const rt::Failure& failure) override {
    const std::string told = error_json(failure);
    if (is_told_) return end_told(false, told);
    forget_run();
    if (began_) return end_events("event: error\ndata: " + told + "\n\n");
    end({.status = status_of(failure.kind), .body = told});
  }

  bool take(std::string_view item) override {
    if (!in_events_) {
      if (items_.size() > 1) items_ += ',';
      items_ += item;
      return true;
    }
    begin_events();
    std::string event = "data: ";
    event += item;
    responder_.write(event + "\n\n");
    return has_ended_ || !responder_.is_full();
  }

  /// The client need not hold its connection for days: it gets the address of the run.
  bool waits(FlowCall& call, pf_waiting& waiting) override {
    if (!run_) run_ = &ServedRun::begin(call);
    run_->waits_for(waiting);
    pf_timer_start(&soon_.timer, 0, [](pf_timer* timer) {
      reinterpret_cast<Soon*>(timer)->exchange->tell_waiting();
    });
    return true;
  }
  void waits_no_more(const pf_waiting& waiting) override { run_->waits_no_more(waiting); }

  void left() override {
    has_ended_ = true;
    forget_run();
    if (call_) leave_call(*call_);
    if (!is_starting_) delete this;
  }
  void has_room() override {
    if (call_) take_more(*call_);
  }

 private:
  /// Of all that it waits for by now.
  void tell_waiting() {
    run_->let_others_pass();
    if (in_events_) {
      begin_events();
      return responder_.write("event: waiting\ndata: " + run_->json() + "\n\n");
    }
    if (is_told_) return;
    is_told_ = true;
    leave_responder();
    responder_.respond(
        {.status = 202, .body = run_->json(), .headers = {{"Location", "/runs/" + run_->id()}}});
  }

  /// Who asks for the run hears of its end.
  void end_told(bool well, std::string_view outcome) {
    pf_timer_stop(&soon_.timer);
    run_->ended(well, outcome);
    leave();
  }
  void forget_run() {
    pf_timer_stop(&soon_.timer);
    if (run_) ServedRun::forget(*run_);
  }

  void begin_events() {
    if (!began_) responder_.begin({.type = kEvents});
    began_ = true;
  }
  void end_events(const std::string& last) {
    begin_events();
    responder_.write(last);
    leave_responder();
    responder_.end();
    leave();
  }
  void end(const HttpOut& out) {
    leave_responder();
    responder_.respond(out);
    leave();
  }
  void leave_responder() { responder_.set_exchange(nullptr); }
  void leave() {
    has_ended_ = true;
    if (!is_starting_) delete this;
  }

  HttpResponder& responder_;
  const pf_served& flow_;
  const bool in_events_;
  FlowCall* call_ = nullptr;
  std::string items_ = "[";  ///< of a stream that is answered as a whole
  struct Soon {
    pf_timer timer;
    FlowExchange* exchange;
  } soon_{{}, this};
  ServedRun* run_ = nullptr;  ///< once it has waited
  bool is_told_ = false;      ///< the client has gone on with the address of the run
  bool began_ = false;
  bool is_starting_ = false;
  bool has_ended_ = false;
};

HttpOut refusal(int status, std::string_view kind, std::string_view message) {
  return {.status = status, .body = error_json(kind, message)};
}

}  // namespace

std::optional<HttpOut> no_json_body(const HttpIn& request) {
  const std::string_view given = request.header("content-type").value_or("application/json");
  const std::string_view type = given.substr(0, std::min(given.find(';'), given.size()));
  // What `curl -d` says of each body.
  const bool of_curl = same_word(type, "application/x-www-form-urlencoded");
  const bool fits = of_curl || same_word(type, "application/json") || type.ends_with("+json");
  if (!fits)
    return refusal(415, "usage", "the body is to be JSON: `Content-Type: application/json`");
  const auto coding = request.header("content-encoding");
  if (coding && !same_word(*coding, "identity"))
    return refusal(415, "usage", "the body is to be sent as it is, without `Content-Encoding`");
  return std::nullopt;
}

void answer_flow(HttpResponder& responder, const pf_served& flow) {
  const HttpIn& request = responder.request();
  if (auto no_json = no_json_body(request)) return responder.respond(*no_json);
  const std::string_view body = request.body.empty() ? std::string_view("{}") : request.body;
  std::string problem;
  const json::value value = parse_json(body, problem);
  if (!problem.empty()) return responder.respond(refusal(400, "parse", "the body: " + problem));
  if (!value.is_object())
    return responder.respond(refusal(400, "schema", "the body is no object of arguments"));
  Arguments arguments(flow);
  problem = arguments.read(value.get_object(), body);
  if (!problem.empty()) return responder.respond(refusal(400, "schema", problem));
  if (calls_in_flight() >= settings().calls)
    return responder.respond({.status = 503,
                              .body = error_json("limit", "too many calls are in flight"),
                              .headers = {{"Retry-After", "1"}}});
  (new FlowExchange(responder, flow))->start(arguments);
}

}  // namespace pflow::serve
