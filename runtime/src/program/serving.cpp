#include "runtime/src/program/serving.h"

#include "pflow/serve.h"

namespace pflow::rt {
namespace {

bool g_serving;
const char* g_address;

}  // namespace

void serve_at(const char* address) {
  g_serving = true;
  g_address = address;
}

bool is_serving() { return g_serving; }

int serve(const pf_program& program) {
  return g_address ? program.server->run_http(&program, g_address)
                   : program.server->run_mcp(&program);
}

}  // namespace pflow::rt
