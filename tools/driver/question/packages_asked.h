/// Which packages bring what a question names.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "support/result.h"
#include "tools/driver/driver_env.h"
#include "tools/driver/options.h"

namespace pflow::question {

/// Those that have the loaders of its fragments, and its model, or the default one; `command` is
/// the name of the program that asks. The message of a failure says which option is wrong.
[[nodiscard]] Result<std::vector<std::string>> packages_asked(std::string_view command,
                                                              const Options& options,
                                                              DriverEnv& env);

}  // namespace pflow::question
