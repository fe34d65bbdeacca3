/// The options of who watches the run, where the executable has them: `--trace FILE`.
#pragma once

#include "pflow/abi.h"

namespace pflow::rt {

[[nodiscard]] bool has_watch(const pf_program& program, const char* option);
/// What the command line says. The value lives as long as the program.
void set_watch(const pf_program& program, const char* option, const char* value);
// With what the command line says, else the environment: PFLOW_TRACE. False: reported.

/// Sets parameters that nobody has given.
[[nodiscard]] bool fill_by_watches(const pf_program& program, void* params, bool* set);
/// The option of the command line that is about one run alone; null: none was given.
[[nodiscard]] const char* watch_of_one_run(const pf_program& program);
/// Lets those begin that can watch many runs; there are no parameters.
[[nodiscard]] bool begin_watches_of_server(const pf_program& program);
/// Lets all of them begin; all parameters are known.
[[nodiscard]] bool begin_watches(const pf_program& program, const void* params);

}  // namespace pflow::rt
