/// The argument list of /bin/sh for a command, and its environment, as exec wants them.
#pragma once

#include "pflow/abi.h"

namespace pf_process {

class Arguments {
 public:
  Arguments() = default;
  Arguments(const Arguments&) = delete;
  Arguments& operator=(const Arguments&) = delete;
  ~Arguments();

  /// `/bin/sh -c SCRIPT sh VALUES…`; false when a text holds a zero byte.
  bool set(const pf_cmd& command);
  [[nodiscard]] char** argv() const { return argv_; }

 private:
  char** argv_ = nullptr;
  char* bytes_ = nullptr;
};

/// The program's own environment with some variables set anew.
class Environment {
 public:
  Environment() = default;
  Environment(const Environment&) = delete;
  Environment& operator=(const Environment&) = delete;
  ~Environment();

  /// Takes a `map<secret>`. False after `call` was failed: a name is none, or a value
  /// holds a zero byte.
  bool set(pf_call* call, const pf_list& variables);
  /// Null when nothing was set: the program's own.
  [[nodiscard]] char** envp() const { return envp_; }

 private:
  char** envp_ = nullptr;
  char* bytes_ = nullptr;
};

}  // namespace pf_process
