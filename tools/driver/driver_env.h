/// What the compiler asks of the world: files, streams, variables. Passed in, so
/// that tests and fuzzers run whole compilations inside one process.
#pragma once

#include <functional>
#include <string>
#include <string_view>

#include "support/file_system.h"

namespace pflow {

struct DriverEnv {
  FileSystem* files = nullptr;
  std::function<Result<std::string>()> read_input;  ///< all of standard input
  std::function<Result<Done>(std::string_view)> out;
  std::function<void(std::string_view)> err;
  std::function<std::string(const char*)> variable;  ///< empty when unset
  std::function<bool(const char*)> has_variable;     ///< also when it is empty
  bool err_is_terminal = false;
  std::string executable;  ///< path of the running pflowc
};

}  // namespace pflow
