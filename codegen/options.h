/// How code is generated.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "codegen/target.h"

namespace pflow::codegen {

/// Who can watch a run: `trace` is the pf_trace of pflow/abi.h.
struct Watch {
  std::string_view name;
  std::string_view archive;
};
inline constexpr Watch kWatches[] = {{"progress", "libpf_watching"},
                                     {"trace", "libpf_watching"},
                                     {"report", "libpf_watching"},
                                     {"otlp", "libpf_otlp"}};

struct Options {
  Target target = targets().front();
  unsigned opt_level = 2;             ///< 0 to 2
  bool quick = false;                 ///< of a short program, too, only what repeats is optimised
  bool debug_info = false;            ///< DWARF lines and subprograms
  bool places = true;                 ///< failures say where in the source they happened
  bool whole = false;                 ///< text, assembly or a single object is asked for
  std::vector<const Watch*> watches;  ///< of kWatches
  std::string report_page;            ///< of `report`
};

}  // namespace pflow::codegen
