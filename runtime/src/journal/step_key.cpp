#include "runtime/src/journal/step_key.h"

#include "runtime/src/journal/step_values.h"
#include "runtime/src/json/json_text.h"
#include "runtime/src/recorder/place.h"

namespace pflow::rt {

void StepKeys::make(const Step& step, StepKey& key) {
  Buffer args, place;
  add_arguments_hash(args, *step.node, step.in);
  memcpy(key.args, args.c_str(), sizeof key.args);
  add_place(place, *step.call);
  if (is_within_step(*step.call)) place.format(" @%s", key.args);
  const int64_t times = visits_.add(place.text());
  if (times > 1) place.format(" #%lld", static_cast<long long>(times));
  add_json_string(key.json, place.text());
}

}  // namespace pflow::rt
