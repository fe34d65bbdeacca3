#include "tools/lsp/stdio.h"

#include <poll.h>
#include <unistd.h>

#include <array>
#include <cerrno>

#include "tools/lsp/server.h"

namespace pflow::lsp {

namespace {

/// Whether standard input can be read, or has ended; waits for that when told to.
bool has_input(bool wait) {
  pollfd input{STDIN_FILENO, POLLIN, 0};
  int ready = ::poll(&input, 1, wait ? -1 : 0);
  return ready > 0;
}

}  // namespace

int serve_stdio(DriverEnv& env, const sema::NodePath& nodes, const std::string& pages) {
  bool ended = false;
  Server server(*env.files, nodes, pages, [&](std::string_view bytes) {
    // Nobody is left to answer when standard output is gone.
    if (!env.out(bytes)) ended = true;
  });
  std::array<char, size_t{64} * 1024> buffer;
  while (!server.finished()) {
    while (!ended && has_input(!server.has_work())) {
      ssize_t got = ::read(STDIN_FILENO, buffer.data(), buffer.size());
      if (got > 0) server.receive({buffer.data(), static_cast<size_t>(got)});
      if (got == 0 || (got < 0 && errno != EINTR && errno != EAGAIN)) ended = true;
    }
    if (!server.step() && ended) break;
  }
  return server.exit_code();
}

}  // namespace pflow::lsp
