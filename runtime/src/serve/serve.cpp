// pf_serve: what programs name that serve.
#include "pflow/serve.h"

#include "runtime/src/serve/calls.h"
#include "runtime/src/serve/http_front.h"
#include "runtime/src/serve/http_routes.h"
#include "runtime/src/serve/mcp_stdio.h"

namespace {

int run_mcp(const pf_program* program) {
  pflow::serve::host_waits_of_calls();
  return pflow::serve::run_mcp_stdio(*program);
}

constexpr pflow::serve::HttpSite kFlows = {"serve", pflow::serve::answer_request, nullptr};

int run_http(const pf_program* program, const char* address) {
  pflow::serve::host_waits_of_calls();
  return pflow::serve::run_http(kFlows, *program, address);
}

}  // namespace

const pf_server pf_serve = {run_mcp, run_http, nullptr};
