/// Standard input by lines, shared by all who ask.
#pragma once

#include <stddef.h>

#include "pflow/abi.h"

namespace pf_terminal {

/// What is read and not yet asked for.
class InputLines {
 public:
  enum class State { Line, Waiting, End };

  /// The next line without its ending, when it is there or nothing follows it.
  State next(pf_str* line);
  /// One read, which must not have to wait, unless it may; 0, or the error number.
  int read_more();

 private:
  char* bytes_ = nullptr;
  size_t from_ = 0;  ///< of what is not yet asked for
  size_t searched_ = 0;
  size_t to_ = 0;
  size_t capacity_ = 0;
  bool ended_ = false;
};

}  // namespace pf_terminal
