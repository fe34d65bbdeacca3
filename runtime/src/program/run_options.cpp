#include "runtime/src/program/run_options.h"

namespace pflow::rt {
namespace {

double g_budget;
bool g_usage;
LogChoice g_log;

}  // namespace

void set_run_budget(double limit) { g_budget = limit; }
double run_budget() { return g_budget; }
void ask_for_usage() { g_usage = true; }
bool usage_is_asked_for() { return g_usage; }
void choose_log(LogChoice choice) { g_log = choice; }
LogChoice log_choice() { return g_log; }

}  // namespace pflow::rt
