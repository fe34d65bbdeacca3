/// How code is generated.
#pragma once

#include <array>
#include <string>
#include <string_view>
#include <vector>

#include "codegen/target.h"

namespace pflow::codegen {

/// Who can watch a run: `trace` is the pf_trace of pflow/abi.h.
inline constexpr std::array<std::string_view, 2> kWatches = {"progress", "trace"};

struct Options {
  Target target = targets().front();
  unsigned opt_level = 2;            ///< 0 to 2
  bool quick = false;                ///< of a short program, too, only what repeats is optimised
  bool debug_info = false;           ///< DWARF lines and subprograms
  bool places = true;                ///< failures say where in the source they happened
  bool whole = false;                ///< text, assembly or a single object is asked for
  std::vector<std::string> watches;  ///< of kWatches; all of them where something may wait
};

}  // namespace pflow::codegen
