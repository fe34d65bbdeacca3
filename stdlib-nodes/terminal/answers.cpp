#include "stdlib-nodes/terminal/answers.h"

#include <poll.h>
#include <unistd.h>

namespace terminal {

using pflow::LineReader;

LineReader& input() {
  static LineReader lines(STDIN_FILENO);
  return lines;
}

bool is_ready() {
  while (input().must_read()) {
    pollfd ready = {STDIN_FILENO, POLLIN, 0};
    if (poll(&ready, 1, 0) == 0) return false;
    if (input().read_more() != LineReader::Line) return true;
  }
  return true;
}

void show(const pf_str& text) {
  std::string_view left = pflow::view(text);
  while (!left.empty()) {
    int64_t written = pf_write(STDERR_FILENO, left.data(), left.size());
    if (written < 0) return;
    left.remove_prefix(static_cast<size_t>(written));
  }
}

}  // namespace terminal
