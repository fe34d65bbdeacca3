/// The life of a program that serves: from its front's opening to its end.
#pragma once

#include "pflow/abi.h"

namespace pflow::serve {

/// Where calls come in.
class Front {
 public:
  virtual ~Front() = default;
  /// False: it cannot be, which was reported.
  virtual bool open() = 0;
  /// Takes nothing new, and closes what waits for nothing.
  virtual void drain() = 0;
  /// Closes all at once.
  virtual void close() = 0;
  [[nodiscard]] virtual bool is_closed() const = 0;
  /// Whether a signal lets calls in flight end well.
  [[nodiscard]] virtual bool ends_gracefully() const = 0;
};

/// Serves until it has drained; the exit code.
[[nodiscard]] int run_server(Front& front);

/// Takes nothing new; ends when what is in flight has ended, or after a while.
void drain_server();
[[nodiscard]] bool is_draining();
/// A call has ended, or the front is closed: perhaps all is over.
void server_looks();

}  // namespace pflow::serve
