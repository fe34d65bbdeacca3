/// The lines of pf_program.plan.
#pragma once

#include <string.h>

#include "pflow/abi.h"

namespace pflow::rt {

struct PlanLine {
  pf_str site, hash;
};

/// Takes the line that stands first in `rest`; false: there is none.
inline bool next_plan_line(const char*& rest, PlanLine& line) {
  if (!rest || !*rest) return false;
  const char* tab = strchr(rest, '\t');
  const char* end = strchr(rest, '\n');
  line = {{rest, static_cast<size_t>(tab - rest), nullptr},
          {tab + 1, static_cast<size_t>(end - tab - 1), nullptr}};
  rest = end + 1;
  return true;
}

}  // namespace pflow::rt
