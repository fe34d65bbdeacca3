#include "provider_check.h"

#include "pflow/node.hpp"

namespace pf_models {

bool check_provider(pf_call* call, const Provider& provider, std::string& key) {
  std::string problem = base_url_problem(provider);
  if (!problem.empty()) {
    pflow::fail(call, PF_E_CONFIG, problem);
    return false;
  }
  switch (find_key(provider, key)) {
    case PF_KEY_FOUND: return true;
    case PF_KEY_BROKEN:
      pf_fail(call, PF_E_KEY, "the key for `%s` cannot be read", provider.name);
      return false;
    case PF_KEY_ABSENT: break;
  }
  if (!provider.needs_key) return true;
  pflow::fail(call, PF_E_KEY, no_key(provider));
  pf_fail_help(call, "%s", no_key_help(provider).c_str());
  return false;
}

}  // namespace pf_models
