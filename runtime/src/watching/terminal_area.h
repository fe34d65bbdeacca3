/// Lines at the bottom of the terminal on standard error that are drawn again and again, below what
/// else is written.
#pragma once

#include "pflow/abi.h"

namespace pflow::rt {

class Buffer;

/// From here on what is written to the terminal takes the place of the lines, which then are
/// below it.
void take_terminal_area();
/// Columns, 80 where nobody knows.
[[nodiscard]] size_t terminal_width();
/// In place of the lines that are there; each ends with a line end. Nothing is drawn behind text
/// that has not ended its line.
void draw_terminal_area(Buffer& lines);
void clear_terminal_area();

}  // namespace pflow::rt
