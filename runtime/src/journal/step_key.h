/// What a step is known by in every run of its program.
#pragma once

#include "runtime/src/journal/visits.h"
#include "runtime/src/recorder/step.h"
#include "runtime/src/values/buffer.h"

namespace pflow::rt {

struct StepKey {
  Buffer json;    ///< a JSON string: the place, and ` #2` the second time that it is come to
  char args[33];  ///< the hash of the arguments

  /// Without the quotes.
  [[nodiscard]] pf_str text() const { return {json.data() + 1, json.size() - 2, nullptr}; }
};

class StepKeys {
 public:
  /// Fills the empty key. What runs within another step, a tool of `llm`, is known by its
  /// arguments, too: another time that step may call others, in another order.
  void make(const Step& step, StepKey& key);

 private:
  Visits visits_;
  Buffer args_, place_;  ///< of the step at hand; kept for their room
};

}  // namespace pflow::rt
