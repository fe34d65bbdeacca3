#include "runtime/src/program/serving.h"

#include "pflow/serve.h"

namespace pflow::rt {
namespace {

Served g_served;
const char* g_address;

}  // namespace

void serve_at(Served how, const char* address) {
  g_served = how;
  g_address = address;
}

bool is_serving() { return g_served != Served::No; }

int serve(const pf_program& program) {
  switch (g_served) {
    case Served::No: break;
    case Served::OnStreams: return program.server->run_mcp(&program);
    case Served::OverHttp: return program.server->run_http(&program, g_address);
    case Served::ToRestate: return program.server->run_restate(&program, g_address);
  }
  return 0;
}

}  // namespace pflow::rt
