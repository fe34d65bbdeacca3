/// What a step is known by in every run of its program.
#pragma once

#include "runtime/src/journal/visits.h"
#include "runtime/src/recorder/step.h"
#include "runtime/src/values/buffer.h"
#include "runtime/src/values/spare.h"

namespace pflow::rt {

struct StepKey {
  Buffer json;    ///< a JSON string: the place, and ` #2` the second time that it is come to
  int64_t times;  ///< that
  char args[33];  ///< the hash of the arguments

  /// Without the quotes.
  [[nodiscard]] pf_str text() const { return {json.data() + 1, json.size() - 2, nullptr}; }
};

class StepKeys {
 public:
  /// The key of the step, until it is given back. What runs within another step, a tool of `llm`,
  /// is known by its arguments, too: another time that step may call others, in another order.
  [[nodiscard]] StepKey* make(const Step& step);
  /// The key that was made last becomes that of another time that its place was come to.
  void move(StepKey& key, int64_t times);
  void give_back(StepKey* key) { spare_.give_back(key); }

 private:
  void write(StepKey& key);

  Visits visits_;
  Spare<StepKey> spare_;
  Buffer args_, place_;  ///< of the step at hand; kept for their room
};

}  // namespace pflow::rt
