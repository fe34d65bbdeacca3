/// What the commands of this folder share: output, errors, places.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "support/diagnostics.h"
#include "tools/driver/driver_env.h"
#include "tools/driver/options.h"

namespace pflow::home {

class Session {
 public:
  Session(const Options& options, DriverEnv& env) : options_(options), env_(env) {}

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
  const Options& options_;
  DriverEnv& env_;
  Diagnostics diagnostics_;
};

/// Runs what a command does, and shows what it noted.
template <int (*command)(const Options& request, Session& session)>
int with_session(const Options& options, DriverEnv& env) {
  Session session(options, env);
  int code = command(options, session);
  session.show();
  return code;
}

}  // namespace pflow::home
