/// Data flow over the slots that ownership is about: those of types that hold
/// references, of the parameters those that are handed over.
#pragma once

#include <cstdint>
#include <vector>

#include "ir/ir.h"

namespace pflow::ir {

/// A set of tracked slots, by dense number.
class SlotSet {
 public:
  explicit SlotSet(size_t size) : words_((size + 63) / 64) {}

  [[nodiscard]] bool has(size_t i) const { return (words_[i / 64] >> (i % 64) & 1) != 0; }
  void add(size_t i) { words_[i / 64] |= uint64_t{1} << (i % 64); }
  void remove(size_t i) { words_[i / 64] &= ~(uint64_t{1} << (i % 64)); }
  /// Whether it grew.
  bool add_all(const SlotSet& other) {
    uint64_t fresh = 0;
    for (size_t i = 0; i < words_.size(); ++i) {
      fresh |= other.words_[i] & ~words_[i];
      words_[i] |= other.words_[i];
    }
    return fresh != 0;
  }
  void keep_only(const SlotSet& other) {
    for (size_t i = 0; i < words_.size(); ++i) words_[i] &= other.words_[i];
  }
  template <typename F>
  void for_each(F&& visit) const {
    for (size_t w = 0; w < words_.size(); ++w)
      for (uint64_t bits = words_[w]; bits != 0; bits &= bits - 1)
        visit(w * 64 + static_cast<size_t>(__builtin_ctzll(bits)));
  }

 private:
  std::vector<uint64_t> words_;
};

class TrackedSlots {
 public:
  TrackedSlots(const Module& module, const Function& function);

  static constexpr size_t kNone = SIZE_MAX;
  [[nodiscard]] size_t size() const { return slots_.size(); }
  /// Its dense number, or kNone when it is not tracked.
  [[nodiscard]] size_t find(SlotId slot) const {
    return slot.valid() ? numbers_[slot.index] : kNone;
  }
  [[nodiscard]] SlotId slot(size_t number) const { return slots_[number]; }

 private:
  std::vector<size_t> numbers_;
  std::vector<SlotId> slots_;
};

/// The tracked slots that `op` writes: of a store, or of a call's outputs.
[[nodiscard]] std::vector<size_t> written_slots(const Op& op, const TrackedSlots& tracked);

/// Per block: slots that are read before they are written from its start on.
[[nodiscard]] std::vector<SlotSet> live_slots(const Function& function,
                                              const TrackedSlots& tracked);

/// Moves `live` from after `op` to before it; `unwind` is what is live there.
void step_back(const Op& op, const TrackedSlots& tracked, const SlotSet* unwind, SlotSet& live);
/// Moves `set` (slots that may hold a value) from before `op` to after it.
void step_forward(const Op& op, const TrackedSlots& tracked, SlotSet& set);

/// Per block: slots that may hold a value at its start. With `kept`, every block
/// begins by emptying the slots that its entry there does not name.
[[nodiscard]] std::vector<SlotSet> set_slots(const Function& function, const TrackedSlots& tracked,
                                             const std::vector<SlotSet>* kept);

}  // namespace pflow::ir
