/// What the commands of this folder share: arguments, output, errors, places.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "support/diagnostics.h"
#include "tools/driver/driver_env.h"

namespace pflow::home {

/// The arguments of a command.
struct Request {
  std::vector<std::string> words;  ///< behind its name, without options
  bool json = false;
  bool remove = false;
  std::string value;  ///< `--value`
  bool has_value = false;
  size_t count = 3;   ///< `-n`; 0: all
  std::string model;  ///< `-m`
  std::string query;  ///< `-q`

  /// Empty when there are fewer.
  [[nodiscard]] std::string word(size_t index) const {
    return index < words.size() ? words[index] : std::string();
  }
};

class Session {
 public:
  explicit Session(DriverEnv& env) : env_(env) {}

  /// The path of a file in PFLOW_HOME; empty after a failure was noted.
  std::string path(std::string_view file);
  /// Prints, and returns the exit code.
  int print(std::string_view text);
  /// Notes a failure, and returns its exit code.
  int fail(const std::string& problem);
  int fail_missing(std::string_view what, const std::string& name,
                   const std::vector<std::string_view>& known);
  /// The arguments are not those that the command takes.
  int fail_usage(std::string_view command, std::string_view takes, const std::string& found);
  /// Shows what was noted.
  void show();

  DriverEnv& env() { return env_; }

 private:
  DriverEnv& env_;
  Diagnostics diagnostics_;
};

int run_keys(const Request& request, Session& session);
int run_aliases(const Request& request, Session& session);
int run_fragments(const Request& request, Session& session);
int run_models(const Request& request, Session& session);
int run_logs(const Request& request, Session& session);

}  // namespace pflow::home
