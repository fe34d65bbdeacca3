/// US dollars as people read them.
#pragma once

#include <string.h>

#include "runtime/src/values/buffer.h"

namespace pflow::rt {

/// With two decimals, or as many as a small amount needs: `$12.50`, `$0.00003`.
inline void add_dollars(Buffer& out, double amount) {
  int decimals = 2;
  for (double least = 0.1; amount > 0 && amount < least && decimals < 9; least /= 10) ++decimals;
  out.format("$%.*f", decimals, amount);
}

}  // namespace pflow::rt
