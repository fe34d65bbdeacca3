/// What the compiler asks of the world: files, streams, variables. Passed in, so
/// that tests and fuzzers run whole compilations inside one process.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "support/result.h"

namespace pflow {

class FileSystem {
 public:
  virtual ~FileSystem() = default;

  [[nodiscard]] virtual Result<std::string> read(const std::string& path) = 0;
  /// The file appears only when whole: written beside, then renamed. What is no
  /// regular file (a device, a pipe) is written to.
  [[nodiscard]] virtual Result<Done> write(const std::string& path, std::string_view bytes) = 0;
  [[nodiscard]] virtual bool exists(const std::string& path) = 0;
  /// The names in a folder; none when it cannot be read.
  [[nodiscard]] virtual std::vector<std::string> names_in(const std::string& folder) = 0;
};

struct DriverEnv {
  FileSystem* files = nullptr;
  std::function<Result<std::string>()> read_input;  ///< all of standard input
  std::function<Result<Done>(std::string_view)> out;
  std::function<void(std::string_view)> err;
  std::function<std::string(const char*)> variable;  ///< empty when unset
  bool err_is_terminal = false;
  std::string executable;  ///< path of the running pflowc
};

}  // namespace pflow
