#include "sent_batch.h"

#include <algorithm>
#include <boost/json.hpp>
#include <functional>
#include <unordered_map>
#include <utility>

#include "batch_exchange.h"
#include "pflow/batch.h"
#include "pflow/node.hpp"
#include "stdlib-nodes/models/json_members.h"
#include "stdlib-nodes/models/provider_error.h"
#include "stdlib-nodes/models/reply.h"

namespace pf_models {
namespace {

using pflow::HttpResponse;

// Between two looks at a batch: it takes minutes or hours.
constexpr int64_t kSecond = 1'000'000'000;
constexpr int64_t kFirstPause = 5 * kSecond;
constexpr int64_t kLongestPause = 60 * kSecond;

bool is_done(const HttpResponse& response) {
  return !response.error && response.status >= 200 && response.status < 300;
}

/// Destroys itself when none of its calls is left.
class SentBatch {
 public:
  SentBatch(BatchAddress to, std::vector<BatchedQuestion> questions)
      : to_(std::move(to)), exchange_(*to_.provider, to_.key) {
    for (BatchedQuestion& question : questions) seats_.push_back({this, std::move(question)});
    for (Seat& seat : seats_) {
      seat.question.call->state = &seat;
      seat.question.call->cancel = cancelled;
    }
    left_ = seats_.size();
  }

  SentBatch(const SentBatch&) = delete;
  SentBatch& operator=(const SentBatch&) = delete;
  ~SentBatch() = default;

  void send();
  void take_up(std::string id);
  void look_for(const BegunBatch& begun);

 private:
  struct Seat {
    SentBatch* batch;
    BatchedQuestion question;  ///< without a call once that is completed
  };
  using Fail = std::function<void(pf_call*)>;

  // ---- on its way
  void create(const BatchContent& content, std::string_view file);
  void created(const BatchState& state);
  void settle_doubt(std::string_view id);
  void look();
  void look_at(BatchState state);
  void wait();
  void fetch(size_t number);
  void take_replies(std::string_view results);
  void take_reply(const BatchReply& reply);
  /// Sends a request, and goes on with its reply; else the batch has failed.
  void ask(BatchRequest request, Tries tries, std::function<void(std::string_view)> then);
  void ask_json(BatchRequest request, Tries tries,
                std::function<void(const boost::json::value&)> then);

  // ---- its calls
  void fail(const Fail& why);
  void fail_in_doubt(pf_call* call);
  void fail_for(pf_call* call, const HttpResponse& response, std::string_view text);
  void end(Seat& seat, pf_status status);
  void leave(Seat& seat);
  void abandon(pf_call* last);
  static void cancelled(pf_call* call);

  BatchAddress to_;
  std::vector<Seat> seats_;  ///< in the order of the batch, or of what is left of one
  std::unordered_map<size_t, Seat*> by_place_;
  size_t left_ = 0;
  bool is_kept_ = false;   ///< a journal knows of it
  std::string token_;      ///< by which it does …
  bool in_doubt_ = false;  ///< … but not yet, whether it is there
  bool is_waiting_ = false;
  BatchState state_;
  int64_t pause_ = kFirstPause;
  BatchExchange exchange_;
  std::string shown_;
  pf_waiting waiting_{};
};

// ---- on its way ---------------------------------------------------------------------------------

void SentBatch::ask(BatchRequest request, Tries tries, std::function<void(std::string_view)> then) {
  exchange_.send(
      std::move(request), tries,
      [this, then = std::move(then)](const HttpResponse& response, std::string_view text) {
        if (is_done(response)) return then(text);
        if (!response.error && response.status < 500) settle_doubt("");
        fail([&](pf_call* call) { fail_for(call, response, text); });
      });
}

void SentBatch::fail_for(pf_call* call, const HttpResponse& response, std::string_view text) {
  if (response.error) {
    fail_transport(call, to_.who + "no answer from ", *to_.provider, to_.key, response);
    return;
  }
  boost::system::error_code error;
  const boost::json::value body = boost::json::parse(text, error);
  fail_answer(call, to_.who, failed_request(response.status, error ? nullptr : &body, text),
              to_.key);
  note_status(call, *to_.provider, response);
  if (is_kept_ && response.status == 404)
    pf_fail_help(call,
                 "when the provider has dropped the batch, `--resume-from STAGE` sends another");
}

void SentBatch::ask_json(BatchRequest request, Tries tries,
                         std::function<void(const boost::json::value&)> then) {
  ask(std::move(request), tries, [this, then = std::move(then)](std::string_view text) {
    boost::system::error_code error;
    const boost::json::value reply = boost::json::parse(text, error);
    const bool names_it =
        !text_member(&reply, "id").empty() || !text_member(&reply, "name").empty();
    if (!error && names_it) return then(reply);
    fail([&](pf_call* call) {
      pflow::fail(call, PF_E_PARSE,
                  to_.who + presentable("the provider says nothing of the batch: " + excerpt(text),
                                        to_.key));
    });
  });
}

void SentBatch::send() {
  BatchContent content{to_.path, {}};
  for (Seat& seat : seats_) {
    seat.question.place = content.bodies.size();
    content.bodies.push_back(std::move(seat.question.body));
  }
  if (!to_.form->upload) return create(content, "");
  BatchContent path{to_.path, {}};
  ask_json(to_.form->upload(content), Tries::Harmless,
           [this, path](const auto& reply) { create(path, text_member(&reply, "id")); });
}

/// From here on a run that is killed leaves a batch behind.
void SentBatch::create(const BatchContent& content, std::string_view file) {
  std::vector<pf_call*> calls;
  for (const Seat& seat : seats_) calls.push_back(seat.question.call);
  pf_str token{};
  is_kept_ = &pf_batch_begun && pf_batch_begun(calls.data(), calls.size(), &token);
  token_ = pflow::Text(token).view();
  in_doubt_ = is_kept_;
  ask_json(to_.form->create(content, file, token_), Tries::Unanswered,
           [this](const auto& reply) { created(to_.form->state(reply)); });
}

void SentBatch::created(const BatchState& state) {
  settle_doubt(state.id);
  look_at(state);
}

/// Without an id it was refused.
void SentBatch::settle_doubt(std::string_view id) {
  if (!in_doubt_) return;
  in_doubt_ = false;
  const pf_str token = pflow::literal(token_), known = pflow::literal(id);
  pf_batch_sent(&token, &known);
}

void SentBatch::take_up(std::string id) {
  is_kept_ = true;
  state_.id = std::move(id);
  look();
}

void SentBatch::look_for(const BegunBatch& begun) {
  ask({.path = std::string(to_.form->list_path), .body = {}}, Tries::Harmless,
      [this, begun](std::string_view text) {
        boost::system::error_code error;
        const boost::json::value list = boost::json::parse(text, error);
        BatchFound found = to_.form->find(list, begun.token);
        if (error || (found.in_doubt && !begun.again))
          return fail([this](pf_call* call) { fail_in_doubt(call); });
        if (found.id.empty()) return send();
        token_ = begun.token;
        in_doubt_ = true;
        settle_doubt(found.id);
        take_up(std::move(found.id));
      });
}

void SentBatch::fail_in_doubt(pf_call* call) {
  pflow::fail(call, PF_E_CONFIG,
              to_.who + "nobody knows whether the batch with this question was sent");
  pf_fail_help(call,
               "look whether `%s` lists one of that time; `--in-doubt again` sends these questions "
               "again",
               to_.provider->name);
}

void SentBatch::look() {
  ask_json({.path = to_.form->state_path(state_.id), .body = {}}, Tries::Harmless,
           [this](const auto& reply) { look_at(to_.form->state(reply)); });
}

void SentBatch::look_at(BatchState state) {
  state_ = std::move(state);
  state_.ended ? fetch(0) : wait();
}

void SentBatch::wait() {
  shown_ = std::to_string(left_) + " questions in the batch `" + state_.id + "` of " +
           to_.provider->name;
  auto any = std::ranges::find_if(seats_, [](const Seat& seat) { return seat.question.call; });
  waiting_.call = any->question.call;
  waiting_.shown = pflow::literal(shown_);
  is_waiting_ = &pf_batch_wait_begin && pf_batch_wait_begin(&waiting_);
  if (is_waiting_) return;
  exchange_.pause(pflow::http_is_played() ? 0 : pause_, [this] { look(); });
  pause_ = std::min(kLongestPause, pause_ + pause_ / 2);
}

void SentBatch::fetch(size_t number) {
  if (number < state_.results.size())
    return ask({.path = state_.results[number], .body = {}}, Tries::Harmless,
               [this, number](std::string_view results) {
                 take_replies(results);
                 left_ == 0 ? delete this : fetch(number + 1);
               });
  fail([&](pf_call* call) {
    const std::string why =
        state_.problem.empty() ? "the batch holds no reply to this question" : state_.problem;
    pflow::fail(call, state_.again ? PF_E_TIMEOUT : PF_E_MODEL,
                to_.who + presentable(why, to_.key));
  });
}

void SentBatch::take_replies(std::string_view results) {
  for (Seat& seat : seats_) by_place_[seat.question.place] = &seat;
  for (const BatchReply& reply : to_.form->replies(results)) take_reply(reply);
}

void SentBatch::take_reply(const BatchReply& reply) {
  auto found = by_place_.find(reply.place);
  if (found == by_place_.end() || !found->second->question.call) return;
  Seat& seat = *found->second;
  pf_call* call = seat.question.call;
  pf_status status = PF_FAILED;
  if (reply.status != 0) {
    status = seat.question.asker->take(call, reply.status, reply.body);
    const bool failed = reply.status < 200 || reply.status >= 300;
    if (failed && status == PF_FAILED) pf_fail_status(call, reply.status, -1);
  } else {
    pflow::fail(call, reply.again ? PF_E_TIMEOUT : PF_E_MODEL,
                to_.who + presentable(reply.body, to_.key));
    if (!reply.again) pf_fail_once(call);
  }
  end(seat, status);
}

// ---- its calls ----------------------------------------------------------------------------------

/// What is left of it; alone the questions would cost more, so that none is asked again unless
/// the batch says so.
void SentBatch::fail(const Fail& why) {
  for (Seat& seat : seats_) {
    if (!seat.question.call) continue;
    why(seat.question.call);
    if (!state_.again) pf_fail_once(seat.question.call);
    end(seat, PF_FAILED);
  }
  delete this;
}

/// With PF_PENDING the call has another question now.
void SentBatch::end(Seat& seat, pf_status status) {
  pf_call* call = std::exchange(seat.question.call, nullptr);
  if (status == PF_FAILED) status = seat.question.asker->failed(call);
  seat.question.asker.reset();
  --left_;
  if (status == PF_PENDING) return;
  call->state = nullptr;
  pf_complete(call, status);
}

void SentBatch::cancelled(pf_call* call) {
  if (auto* seat = static_cast<Seat*>(call->state)) seat->batch->leave(*seat);
}

void SentBatch::leave(Seat& seat) {
  pf_call* call = seat.question.call;
  pflow::fail(call, PF_E_CANCELLED, "the question was cancelled");
  if (left_ > 1) return end(seat, PF_FAILED);
  call->state = nullptr;
  seat.question.asker->failed(call);
  abandon(call);
}

/// A journal's batch is left alone, as another run takes it up. Else nobody wants it any more, and
/// the last call ends when the provider was told.
void SentBatch::abandon(pf_call* last) {
  exchange_.cancel();
  if (is_waiting_) pf_batch_wait_end(&waiting_);
  if (is_kept_ || state_.id.empty() || state_.ended) {
    pf_complete(last, PF_FAILED);
    delete this;
    return;
  }
  exchange_.send(to_.form->cancel(state_.id), Tries::Once, [this, last](const auto&, auto) {
    pf_complete(last, PF_FAILED);
    delete this;
  });
}

}  // namespace

void send_batch(BatchAddress to, std::vector<BatchedQuestion> questions) {
  (new SentBatch(std::move(to), std::move(questions)))->send();
}

void take_up_batch(BatchAddress to, std::vector<BatchedQuestion> questions,
                   const BegunBatch& begun) {
  auto* batch = new SentBatch(std::move(to), std::move(questions));
  begun.id.empty() ? batch->look_for(begun) : batch->take_up(begun.id);
}

}  // namespace pf_models
