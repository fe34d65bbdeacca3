/// The argument list of /bin/sh for a command, as exec wants it.
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

}  // namespace pf_process
