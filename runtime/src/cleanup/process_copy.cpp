#include "runtime/src/cleanup/process_copy.h"

#include "runtime/src/cleanup/signals.h"
#include "runtime/src/cleanup/temp_files.h"

namespace pflow::rt {

void become_copy() {
  leave_signals();
  leave_leftovers();
}

}  // namespace pflow::rt
