/// One call of `llm` from its question to its answer, with the tools that the model calls between.
#pragma once

#include <memory>
#include <string>

#include "answer.h"
#include "model_request.h"
#include "models.pf.hpp"
#include "question.h"
#include "recorded_question.h"
#include "stdlib-nodes/models/choice/chosen_model.h"
#include "tool_round.h"

namespace pf_models {

/// What a call asks of a model, until it is answered.
struct Asking {
  const llm_in* in;
  llm_out* out;
  std::string named;  ///< as the call calls …
  Model model;        ///< … the one that is asked
  std::string key;    ///< not to be shown
  ModelRequest request;
  Shape shape;  ///< of the answer
  ToolBox tools;
  bool streamed = false;            ///< it comes in pieces, where the model can do that
  bool live = false;                ///< the answer is shown while it comes
  bool batched = false;             ///< the next question is sent with those of other items
  std::vector<std::string> others;  ///< models that are asked in place of one that fails
  std::string failures;             ///< of those that were asked before
  RecordedQuestion record;          ///< of the question that is asked now
  bool answered = false;            ///< with a whole answer: no other model is asked
  size_t given = 0;                 ///< so many of the messages came with the call
  size_t asked = 0;                 ///< so many came with it or are its prompt …
  size_t corrections = 0;           ///< … and so many behind those are no part of the conversation
  int64_t rounds = 0;
  int64_t calls = 0;  ///< of tools
  Usage used{};       ///< by the rounds so far
};

/// Fills in what `in` says; false after the call was failed. Of `echo` the model has no facts.
bool prepare(pf_call* call, Asking& asking);

/// The same for a call whose answer is there, so that no model is asked.
bool prepare_scripted(pf_call* call, Asking& asking);

/// Asks the model; what it gives is the status of the call, which is completed later if that is
/// PF_PENDING.
pf_status begin_dialogue(pf_call* call, Asking asking);

/// Of the question that a request of so many bytes is.
QuestionFacts question_facts(const Asking& asking, size_t bytes);

/// Who takes the answer to the question that was sent.
std::unique_ptr<Asker> answer_taker(Asking asking);

/// Asks the next model in place of one that has failed; when there is none the failure stays.
pf_status fall_back(pf_call* call, Asking& asking);

/// What follows an answer: the end of the call, or its next round.
pf_status go_on(pf_call* call, Asking& asking, const Answer& answer);

/// Where the text of the answer will stand; null when it is to be another value.
const pf_str* text_output(const Asking& asking);

/// Puts an answer into `out`, or fails the call.
pf_status conclude(pf_call* call, const Asking& asking, const Answer& answer);

}  // namespace pf_models
