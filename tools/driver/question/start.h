/// What both commands do: the arguments of their flows, the conversations, the start.
#pragma once

#include <string>

#include "tools/driver/driver_env.h"
#include "tools/driver/option_row.h"
#include "tools/driver/options.h"

namespace pflow::question {

extern const OptionRows kQuestionOptions;

/// An error of the command line; its exit code.
int refuse(const std::string& problem, const Options& options, DriverEnv& env);

/// Starts the flow; `name` is that of the command, `arguments` are its own.
int start(const std::string& name, std::string text, std::vector<std::string> arguments,
          const Options& options, DriverEnv& env);

}  // namespace pflow::question
