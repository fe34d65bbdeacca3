/// One question to a model as the effect that it is: what it may cost, what it used, what was said.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include "answer.h"
#include "pflow/abi.h"

namespace pf_models {

/// Who is asked, and how much.
struct QuestionFacts {
  const char* provider;  ///< empty: the built-in model
  std::string model;     ///< as its provider calls it
  size_t bytes;          ///< of the request
  int64_t most_tokens;   ///< of the answer; 0: no bound is known
  double share = 1;      ///< of the price that it costs
  // For the log of the run, where that is kept.
  std::string system;
  std::string prompt;
};

class RecordedQuestion {
 public:
  /// What is done once it may begin (PF_DONE), or with the failure of the call (PF_FAILED). Its
  /// status is the call's.
  using Next = std::function<pf_status(pf_status)>;
  /// Begins, now or when a budget allows it; calls `next` in any case, which keeps this alive.
  pf_status begin(pf_call* call, QuestionFacts facts, Next next);
  void answered(const Answer& answer);
  /// What it used is not known, as the answer broke off.
  void broke_off();
  /// The call ends before the answer does.
  void outlives();
  /// One that is dropped before has failed.
  void end(pf_status status);

 private:
  struct Drop {
    void operator()(pf_effect* effect) const { pf_effect_end(effect, PF_FAILED); }
  };

  void said(const char* part, std::string_view text);

  struct Waiting;
  static void go_on(void* waiting, pf_status status);

  QuestionFacts facts_{};
  std::unique_ptr<pf_effect, Drop> effect_;
};

}  // namespace pf_models
