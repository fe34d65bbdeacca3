#include "runtime/src/running/held_output.h"

namespace pflow::rt {
namespace {

void (*g_write)(void* state);
void* g_state;

}  // namespace

void hold_output(void (*write)(void* state), void* state) {
  g_write = write;
  g_state = state;
}

void write_held_output() {
  if (g_write) g_write(g_state);
}

}  // namespace pflow::rt
