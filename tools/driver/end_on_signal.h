/// Ends pflowc on SIGHUP, SIGINT and SIGTERM without leaving temporary files.
#pragma once

#include <csignal>
#include <thread>

namespace pflow {

/// As long as it lives, one of these signals ends the process with 128 and its number, as the
/// executables of flows do. A signal that is ignored stays so.
class EndOnSignal {
 public:
  EndOnSignal();
  EndOnSignal(const EndOnSignal&) = delete;
  EndOnSignal& operator=(const EndOnSignal&) = delete;
  ~EndOnSignal();

  /// For a child before it executes something: the signals are no longer held back.
  static void release_in_child();

 private:
  sigset_t before_{};
  std::thread thread_;
};

}  // namespace pflow
