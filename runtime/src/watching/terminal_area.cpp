#include "runtime/src/watching/terminal_area.h"

#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "runtime/src/descriptors/descriptors.h"
#include "runtime/src/values/buffer.h"

namespace pflow::rt {
namespace {

size_t g_lines;          ///< that are drawn
bool g_in_line;          ///< what was written last has not ended its line
bool g_output_is_shown;  ///< standard output is a terminal, too

/// Nobody is left to tell when the terminal is gone.
void write_raw(const Buffer& text) { (void)!write(STDERR_FILENO, text.data(), text.size()); }

void make_room(int descriptor, const char* data, size_t len) {
  if (len == 0 || (descriptor == STDOUT_FILENO && !g_output_is_shown)) return;
  clear_terminal_area();
  g_in_line = data[len - 1] != '\n';
}

}  // namespace

void take_terminal_area() {
  g_output_is_shown = isatty(STDOUT_FILENO);
  g_before_output = make_room;
}

size_t terminal_width() {
  constexpr size_t kUsual = 80;
  winsize size;
  bool known = ioctl(STDERR_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col != 0;
  return known ? size.ws_col : kUsual;
}

void clear_terminal_area() {
  if (g_lines == 0) return;
  Buffer out;
  // To the first of the lines, and away with all below.
  out.format("\x1b[%zuA\r\x1b[J", g_lines);
  write_raw(out);
  g_lines = 0;
}

void draw_terminal_area(Buffer& lines) {
  if (g_in_line) return;
  Buffer out;
  if (g_lines != 0) out.format("\x1b[%zuA\r\x1b[J", g_lines);
  out.add(lines.text());
  write_raw(out);
  g_lines = 0;
  for (size_t i = 0; i < lines.size(); ++i) g_lines += lines.data()[i] == '\n';
}

}  // namespace pflow::rt
