// `by mcp(…)`, of servers with an address.
#include "http_link.h"

extern "C" {

pf_status pf_by_mcp_http(const pf_foreign* node, pf_call* call, const void* in, void* out) {
  return pf_mcp::start_call(node, call, in, out, pf_mcp::start_http);
}

bool pf_by_mcp_http_preflight(const pf_foreign* node, const pf_site* const*, size_t) {
  return pf_mcp::check_settings(node);
}

/// What decides its results beside what the program says is the server's own.
void pf_by_mcp_http_settings(const pf_foreign*, pf_settings*, const pf_site* const*, size_t) {}

}  // extern "C"
