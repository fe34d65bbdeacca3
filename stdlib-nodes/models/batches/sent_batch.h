/// A batch from its questions to their replies.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "batch_form.h"
#include "stdlib-nodes/models/choice/provider.h"
#include "stdlib-nodes/models/question.h"

namespace pf_models {

/// Whom a batch is sent to, and what its questions have in common.
struct BatchAddress {
  const Provider* provider;
  const BatchForm* form;
  std::string who;   ///< of `asked_of`
  std::string key;   ///< not to be shown
  std::string path;  ///< where one of its questions alone would go

  bool operator==(const BatchAddress&) const = default;
};

/// One question of a batch, with the pending call that asks it.
struct BatchedQuestion {
  pf_call* call;
  std::unique_ptr<Asker> asker;
  std::string body;
  size_t place = 0;  ///< in a batch that is taken up
};

/// Sends the questions, and completes their calls when the replies are there.
void send_batch(BatchAddress to, std::vector<BatchedQuestion> questions);
/// A batch that a run before has begun.
struct BegunBatch {
  std::string token;
  std::string id;      ///< empty: nobody knows whether it was sent …
  bool again = false;  ///< … and it is sent again, unless the provider has it
};

/// The same with one of which these questions are left.
void take_up_batch(BatchAddress to, std::vector<BatchedQuestion> questions,
                   const BegunBatch& begun);

}  // namespace pf_models
