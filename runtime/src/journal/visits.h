/// How often each place was come to.
#pragma once

#include "pflow/abi.h"

namespace pflow::rt {

/// Places are known by their hash of 64 bits: a run has millions of them, and their texts are long.
class Visits {
 public:
  Visits() = default;
  Visits(const Visits&) = delete;
  Visits& operator=(const Visits&) = delete;
  ~Visits();

  /// Comes to the place; how often that has happened now.
  int64_t add(const pf_str& place);
  /// So often it has happened, after `add` of the place.
  void set(const pf_str& place, int64_t times);

 private:
  struct Visited {
    uint64_t hash;
    int64_t times;  ///< 0: the slot is empty
  };
  Visited& slot_of(uint64_t hash);
  void grow();

  Visited* slots_ = nullptr;
  uint64_t mask_ = 0;  ///< their number less one
  uint64_t count_ = 0;
};

}  // namespace pflow::rt
