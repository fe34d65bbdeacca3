#include "runtime/src/journal/step_key.h"

#include "runtime/src/journal/step_values.h"
#include "runtime/src/json/json_text.h"
#include "runtime/src/recorder/place.h"

namespace pflow::rt {

StepKey* StepKeys::make(const Step& step) {
  StepKey& key = *spare_.take();
  args_.clear();
  place_.clear();
  add_arguments_hash(args_, *step.node, step.in);
  memcpy(key.args, args_.c_str(), sizeof key.args);
  add_place(place_, *step.call);
  if (is_within_step(*step.call)) place_.format(" @%s", key.args);
  key.times = visits_.add(place_.text());
  write(key);
  return &key;
}

void StepKeys::move(StepKey& key, int64_t times) {
  key.times = times;
  visits_.set(place_.text(), times);
  write(key);
}

void StepKeys::write(StepKey& key) {
  const size_t place = place_.size();
  if (key.times > 1) place_.format(" #%lld", static_cast<long long>(key.times));
  key.json.clear();
  add_json_string(key.json, place_.text());
  place_.cut(place);
}

}  // namespace pflow::rt
