#include "live_question.h"

#include <memory>
#include <optional>

#include "live_text.h"
#include "words.h"

namespace pf_models {
namespace {

/// One question on its way; destroys itself.
class LiveQuestion : public Listener {
 public:
  LiveQuestion(pf_call* call, bool shows, const pf_str* response,
               std::unique_ptr<AnswerTaker> taker)
      : call_(call), response_(response), taker_(std::move(taker)) {
    if (shows) text_.emplace();
  }

  void start(StreamedRequest request) {
    call_->state = this;
    call_->cancel = [](pf_call* call) {
      if (call->state) static_cast<LiveQuestion*>(call->state)->question_->cancel();
    };
    question_ = std::make_unique<StreamedQuestion>(std::move(request), *this);
  }

  void said(std::string piece) override {
    if (text_) text_->add(piece);
  }

  void ended() override {
    pf_call* call = call_;
    const Answer* answer = question_->answer();
    pf_status status = answer ? taker_->take_answer(call, *answer) : question_->fail(call);
    if (status == PF_FAILED) status = taker_->take_failure(call, !answer && question_->begun());
    if (text_) text_->end(status == PF_DONE ? response_ : nullptr);
    delete this;
    if (status == PF_PENDING) return;
    call->state = nullptr;
    pf_complete(call, status);
  }

 private:
  pf_call* call_;
  const pf_str* response_;
  std::unique_ptr<AnswerTaker> taker_;
  std::optional<LiveText> text_;
  std::unique_ptr<StreamedQuestion> question_;
};

}  // namespace

void ask_live(pf_call* call, StreamedRequest request, bool shows, const pf_str* response,
              std::unique_ptr<AnswerTaker> taker) {
  (new LiveQuestion(call, shows, response, std::move(taker)))->start(std::move(request));
}

void show_live(std::string_view text, const pf_str* response) {
  LiveText shown;
  while (!text.empty()) shown.add(take_word(text));
  shown.end(response);
}

}  // namespace pf_models
