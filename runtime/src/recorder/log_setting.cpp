// Whether a run keeps a log.
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "runtime/src/program/config.h"
#include "runtime/src/program/run_options.h"
#include "runtime/src/recorder/run_log.h"
#include "runtime/src/values/buffer.h"

namespace pflow::rt {

bool log_is_wanted() {
  if (log_choice() != LogChoice::Unsaid) return log_choice() == LogChoice::On;
  if (const char* set = getenv("PFLOW_LOG"); set && *set) return strcmp(set, "off") != 0;
  Buffer path;
  return add_config_path(path, "logs-off") && access(path.c_str(), F_OK) != 0;
}

}  // namespace pflow::rt
