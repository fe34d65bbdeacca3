/// The log of a run: `runs/ID.log` in PFLOW_HOME, a line for each question as it ends.
#pragma once

namespace pflow::rt {

/// As `--log` says; else PFLOW_LOG, else the file `logs-off` in PFLOW_HOME decide.
[[nodiscard]] bool log_is_wanted();

}  // namespace pflow::rt
