#include "runtime/src/failures/stack_limit.h"

#include "runtime/src/cleanup/temp_files.h"
#include "runtime/src/failures/report.h"
#include "runtime/src/values/buffer.h"

const char* pf_stack_limit;

namespace pflow::rt {

void check_stack() {
  if (static_cast<const char*>(__builtin_frame_address(0)) >= pf_stack_limit) return;
  print_report({PF_E_LIMIT, nullptr, view("a value is nested too deeply for the stack"), {}});
  exit_now(1);
}

}  // namespace pflow::rt
