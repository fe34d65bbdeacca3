#include "answer_stream.h"

#include "schema.h"
#include "surrogates.h"
#include "typed_answer.h"
#include "words.h"

namespace pf_models {
namespace {

/// Beyond so much that nobody has pulled the provider has to wait.
constexpr size_t kMostBytes = 64 * 1024, kMostItems = 256;

}  // namespace

void AnswerStream::start(pf_call* call, StreamedRequest request, RecordedQuestion record,
                         pf_stream** out) {
  record_ = std::move(record);
  if (wanted_.item) list_.emplace();
  opening_ = call;
  opened_ = out;
  call->state = this;
  call->cancel = [](pf_call* cancelled) {
    if (cancelled->state) static_cast<AnswerStream*>(cancelled->state)->question_->cancel();
  };
  question_ = std::make_unique<StreamedQuestion>(std::move(request), *this);
}

void AnswerStream::say(std::string_view text) {
  if (wanted_.item) list_.emplace();
  while (!text.empty()) hold(std::string(take_word(text)));
  ended_ = true;
}

/// Puts the piece, or the items that it makes whole, behind those that wait.
void AnswerStream::hold(std::string piece) {
  size_t before = ready_.size();
  if (list_)
    list_->add(piece, ready_);
  else
    ready_.push_back(std::move(piece));
  for (size_t i = before; i < ready_.size(); ++i) held_ += ready_[i].size();
}

void AnswerStream::said(std::string piece) {
  hold(std::move(piece));
  if (ready_.empty()) return;
  if (opening_) open();
  if (pulling_) complete(pulling_, give(pulling_, out_));
  if (held_ > kMostBytes || ready_.size() > kMostItems) question_->pause();
}

void AnswerStream::ended() {
  ended_ = true;
  if (const Answer* answer = question_->answer())
    record_.answered(*answer);
  else if (question_->begun())
    record_.broke_off();
  // The stream may have a call no more whose failure it could be.
  if (!opening_) record_.end(question_->answer() ? PF_DONE : PF_FAILED);
  if (opening_ && ready_.empty()) {
    pf_call* call = opening_;
    if (finish(call) == PF_FAILED) {
      record_.end(PF_FAILED);
      call->state = nullptr;
      pf_complete(call, PF_FAILED);
      pflow::destroy(this);
      return;
    }
  }
  if (opening_) open();
  record_.end(PF_DONE);
  if (pulling_) complete(pulling_, finish(pulling_));
}

void AnswerStream::open() {
  pf_call* call = opening_;
  opening_ = nullptr;
  *opened_ = this;
  record_.outlives();
  call->state = nullptr;
  pf_complete(call, PF_DONE);
}

void AnswerStream::complete(pf_call* call, pf_status status) {
  pulling_ = nullptr;
  call->state = nullptr;
  pf_complete(call, status);
}

pf_status AnswerStream::next(pf_call* call, void* out) {
  // What libcurl holds back comes before this returns.
  if (ready_.size() < 2 && question_) question_->resume();
  if (!ready_.empty()) return give(call, out);
  if (ended_) return finish(call);
  pulling_ = call;
  out_ = out;
  call->state = this;
  call->cancel = [](pf_call* cancelled) {
    if (cancelled->state) static_cast<AnswerStream*>(cancelled->state)->question_->cancel();
  };
  return PF_PENDING;
}

pf_status AnswerStream::give(pf_call* call, void* out) {
  std::string text = std::move(ready_.front());
  ready_.pop_front();
  held_ -= text.size();
  if (wanted_.item) return give_item(call, text, out);
  *static_cast<pf_str*>(out) = pflow::text(text);
  return PF_DONE;
}

/// Problems are told as in the whole list.
pf_status AnswerStream::give_item(pf_call* call, const std::string& text, void* out) {
  pflow::Text json(pflow::text(with_whole_pairs(text)));
  pf_json_problem problem;
  std::string place = "$[" + std::to_string(given_++) + "]";
  if (pf_json_decode(&json.get(), wanted_.item, out, &problem)) return PF_DONE;
  pflow::Text message(problem.message);
  std::string_view said = message.view();
  bool placed = said.starts_with('$');
  pflow::fail(call, problem.kind,
              place + (placed ? "" : ": ") + std::string(said.substr(placed ? 1 : 0)));
  return fail_list(call);
}

pf_status AnswerStream::fail_list(pf_call* call) const {
  pf_fail_help(call, "the model was asked for `[%s]`", wanted_.item->name);
  return PF_FAILED;
}

/// The end of the items, or why there are no more.
pf_status AnswerStream::finish(pf_call* call) {
  if (told_) return PF_END;
  told_ = true;
  if (!question_) return check_list(call);
  if (!question_->answer()) return question_->fail(call);
  pf_str text{};
  Wanted wanted = {&pflow::kStr, wanted_.max_tokens, wanted_.partial};
  pf_list mended{};  // of a text nothing is
  if (take_answer(call, *question_->answer(), wanted, &text, &mended) != PF_DONE) return PF_FAILED;
  pf_str_release(text);
  return check_list(call);
}

pf_status AnswerStream::check_list(pf_call* call) const {
  if (!list_ || list_->ended()) return PF_END;
  pf_fail(call, PF_E_SCHEMA, "the answer holds no whole list");
  return fail_list(call);
}

}  // namespace pf_models
