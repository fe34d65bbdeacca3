#include "runtime/src/program/replayed.h"

namespace pflow::rt {
namespace {

bool g_replayed;

}  // namespace

bool requests_are_replayed() { return g_replayed; }

void set_requests_replayed(bool replayed) { g_replayed = replayed; }

}  // namespace pflow::rt
