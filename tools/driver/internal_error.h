/// A bug of the compiler: a banner of its own, never shown as an error of the
/// user's program, with what to type to see it again. Exit code 70.
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "tools/driver/driver_env.h"

namespace pflow {

/// Prints the banner and returns the exit code 70.
int internal_error(DriverEnv& env, std::string_view what, const std::string& command);

/// The command that is running, quoted for a shell.
[[nodiscard]] std::string command_line(std::span<const std::string> arguments);

/// From now on, a crash of the process (a signal such as SIGSEGV, abort) prints the banner
/// for `command` and exits with 70. Once in a process.
void install_crash_handler(const std::string& command);

}  // namespace pflow
