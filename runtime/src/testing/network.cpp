#include "runtime/src/testing/network.h"

#include "runtime/src/cassettes/cassettes.h"

namespace pflow::rt {
namespace {

bool g_allowed;
const pf_site* g_refused;

}  // namespace

void allow_network() { g_allowed = true; }

bool is_provided_for() { return g_allowed || (&pf_cassettes && pf_cassettes.listen()); }

const pf_site* refused_call() { return g_refused; }

}  // namespace pflow::rt

bool pf_network_refused(pf_call* call, int32_t offline) {
  using namespace pflow::rt;
  if (offline != 0 || is_provided_for()) return false;
  if (!g_refused) g_refused = call->site;
  const char* node = call->site->node;
  pf_fail(call, PF_E_CONFIG, "`%s` would use the network, and a test does not", node);
  pf_fail_help(call,
               "say what it gives, `stub %s = …`; record it, `cassette \"FILE.yaml\" { … }`; or "
               "run `pflowc test --allow-net`",
               node);
  return true;
}
