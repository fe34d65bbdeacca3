/// How pflowc ends.
#pragma once

namespace pflow {

enum ExitCode : int {
  kExitDone = 0,
  kExitErrors = 1,  ///< the program has errors, or a file could not be written
  kExitUsage = 2,
  kExitInternal = 70,  ///< a bug of the compiler
};

}  // namespace pflow
