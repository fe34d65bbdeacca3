/// How code is generated.
#pragma once

#include "codegen/target.h"

namespace pflow::codegen {

struct Options {
  Target target = targets().front();
  unsigned opt_level = 2;   ///< 0 to 2
  bool quick = false;       ///< of a short program, too, only what repeats is optimised
  bool debug_info = false;  ///< DWARF lines and subprograms
  bool places = true;       ///< failures say where in the source they happened
  bool whole = false;       ///< text, assembly or a single object is asked for
};

}  // namespace pflow::codegen
