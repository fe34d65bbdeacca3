/// A file that is written beside a run. What goes wrong is told once, and changes nothing else.
#pragma once

#include "pflow/abi.h"
#include "runtime/src/values/buffer.h"

namespace pflow::rt {

class SideFile {
 public:
  /// Empties or makes the file. False: pf_config_error was called; `option` is what named it.
  bool open(const char* option, const char* path);
  /// Somebody reads while it is written: a pipe, a terminal.
  [[nodiscard]] bool is_live() const { return live_; }
  /// For what is to be written; `settle` behind each piece lets it go out: when there is enough, or
  /// at once when the file is live.
  [[nodiscard]] Buffer& pending() { return pending_; }
  void settle();
  void close();

 private:
  void flush();

  const char* path_ = nullptr;
  bool live_ = false;
  int file_ = -1;  ///< negative: nothing is written (any more)
  Buffer pending_;
};

}  // namespace pflow::rt
