/// US dollars as people read them.
#pragma once

#include <stdio.h>

#include "runtime/src/values/buffer.h"

namespace pflow::rt {

/// With two decimals, or two digits of a small amount: `$12.50`, `$0.0005`, `$0.000033`.
inline void add_dollars(Buffer& out, double amount) {
  int decimals = 2;
  for (double least = 0.1; amount > 0 && amount < least && decimals < 9; least /= 10) ++decimals;
  char text[64];
  int len = snprintf(text, sizeof text, "%.*f", decimals, amount);
  for (; decimals > 2 && text[len - 1] == '0'; --decimals) text[--len] = '\0';
  out.format("$%s", text);
}

}  // namespace pflow::rt
