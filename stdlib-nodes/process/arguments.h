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

  /// `/bin/sh -c SCRIPT sh VALUES…`. False after `call` was failed: a text holds a zero byte.
  bool set(pf_call* call, const pf_cmd& command);
  [[nodiscard]] char** argv() const { return argv_; }
  /// The script where it is longer than one argument may be, to be the program's
  /// descriptor 3; else -1.
  [[nodiscard]] int script() const { return script_; }

 private:
  bool put_script(pf_call* call, const pf_str& script, char*& to);

  int script_ = -1;
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

/// Fails `call`, which the system refused as too long, with what is so long in it.
pf_status too_long(pf_call* call, char** argv, char** envp);

}  // namespace pf_process
