#include "runtime/src/journal/visits.h"

#include <stdlib.h>

#include "runtime/src/values/map.h"
#include "runtime/src/values/memory.h"

namespace pflow::rt {

Visits::~Visits() { free(slots_); }

Visits::Visited& Visits::slot_of(uint64_t hash) {
  uint64_t at = hash & mask_;
  while (slots_[at].times != 0 && slots_[at].hash != hash) at = (at + 1) & mask_;
  return slots_[at];
}

void Visits::grow() {
  constexpr uint64_t kFirst = 64;
  Visited* before = slots_;
  const uint64_t slots = before ? mask_ + 1 : 0;
  mask_ = (before ? slots * 2 : kFirst) - 1;
  slots_ = static_cast<Visited*>(allocate_zeroed((mask_ + 1) * sizeof(Visited)));
  for (uint64_t i = 0; i < slots; ++i)
    if (before[i].times != 0) slot_of(before[i].hash) = before[i];
  free(before);
}

int64_t Visits::add(const pf_str& place) {
  if (count_ * 2 >= mask_) grow();
  const uint64_t hash = hash_of(place);
  Visited& visited = slot_of(hash);
  if (visited.times == 0) {
    visited.hash = hash;
    ++count_;
  }
  return ++visited.times;
}

void Visits::set(const pf_str& place, int64_t times) { slot_of(hash_of(place)).times = times; }

}  // namespace pflow::rt
