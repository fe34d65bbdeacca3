/// Errors and results as JSON: `--json`.
#pragma once

#include "pflow/abi.h"

namespace pflow::rt {

class Buffer;
struct Report;

/// The JSON form: {"error":{"kind":…,"code":…,"message":…,"node":…,"file":…,…}}, with
/// "attempt" of a stage that was tried again, "data" when the error has some, and "first",
/// another such object, when it came while that was handled.
void add_report_json(Buffer& out, const Report& report);

/// Whether `print_report` and the results of the program are JSON.
void set_json_output(bool json);
[[nodiscard]] bool json_output();

}  // namespace pflow::rt
