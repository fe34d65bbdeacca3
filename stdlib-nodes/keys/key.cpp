// key: a stored key or an environment variable, looked for before anything runs.
#include <stdio.h>
#include <string.h>

#include "keys.pf.hpp"
#include "pflow/key_name.hpp"
#include "pflow/node.hpp"

using pflow::KeyName;

namespace {

constexpr const char* kAbsent = "no key for `%.*s` is set";
constexpr const char* kHelp = "set %s, or add \"%.*s\" to `keys.json` in PFLOW_HOME";

int shown(std::string_view name) { return static_cast<int>(name.size() < 80 ? name.size() : 80); }

/// The name that a call site states; false when it is computed.
bool literal_name(const pf_site& site, std::string_view& name) {
  for (uint32_t i = 0; i < site.literal_count; ++i) {
    if (strcmp(site.literals[i].port, "name") != 0 || !site.literals[i].text) continue;
    name = site.literals[i].text;
    return true;
  }
  return false;
}

/// Whether the key of one call is there; reports when it is not.
bool check(const pf_site* site, std::string_view text) {
  KeyName key;
  if (!key.set(text)) {
    pf_config_error(site, nullptr, "`%.*s` cannot be the name of a key", shown(text), text.data());
    return false;
  }
  const char* name = key.name();
  return pf_keys_are_there(&name, 1, &site, 1);
}

}  // namespace

bool pfn_keys_key_preflight(const pf_site* const* sites, size_t count) {
  for (size_t i = 0; i < count; ++i) {
    std::string_view name;
    if (literal_name(*sites[i], name) && !check(sites[i], name)) return false;
  }
  return true;
}

pf_status pfn_keys_key(pf_call* call, const key_in* in, key_out* out) {
  std::string_view text = pflow::view(in->name);
  KeyName key;
  if (!key.set(text)) {
    return pf_fail(call, PF_E_VALUE, "`%.*s` cannot be the name of a key", shown(text),
                   text.data());
  }
  pf_key_state state = pf_key(key.name(), key.variable(), &out->value);
  if (state == PF_KEY_FOUND) return PF_DONE;
  if (state == PF_KEY_BROKEN) {
    return pf_fail(call, PF_E_CONFIG, "the stored keys cannot be read");
  }
  pf_fail(call, PF_E_KEY, kAbsent, shown(text), text.data());
  pf_fail_help(call, kHelp, key.variable(), shown(text), text.data());
  return PF_FAILED;
}
