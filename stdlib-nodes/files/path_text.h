/// A path as the system calls want it.
#pragma once

#include <limits.h>
#include <string.h>

#include "pflow/abi.h"

namespace pf_files {

/// A port's path with a zero byte behind it.
class PathText {
 public:
  /// False after `call` was failed: the path is empty, too long or holds a zero byte.
  bool set(pf_call* call, const pf_str& path) {
    if (path.len == 0) return fail(call, "the path is empty");
    if (path.len >= sizeof(text_)) return fail(call, "the path is too long");
    if (memchr(path.data, 0, path.len)) return fail(call, "the path holds a zero byte");
    memcpy(text_, path.data, path.len);
    text_[path.len] = 0;
    return true;
  }
  [[nodiscard]] const char* c_str() const { return text_; }

 private:
  static bool fail(pf_call* call, const char* message) {
    pf_fail(call, PF_E_IO, "%s", message);
    return false;
  }
  char text_[PATH_MAX];
};

/// An error number in our words where they are clearer than the system's.
const char* reason(int error);

}  // namespace pf_files
