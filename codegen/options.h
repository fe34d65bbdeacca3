/// How code is generated.
#pragma once

namespace pflow::codegen {

struct Options {
  unsigned opt_level = 2;   ///< 0 to 2
  bool debug_info = false;  ///< DWARF lines and subprograms
  bool places = true;       ///< failures say where in the source they happened
};

}  // namespace pflow::codegen
