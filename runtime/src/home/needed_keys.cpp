// keys("slack") of a node: is the key there?
#include <stdio.h>

#include "pflow/key_name.hpp"

bool pf_keys_are_there(const char* const* names, size_t count, const pf_site* const* sites,
                       size_t site_count) {
  const pf_site* site = site_count != 0 ? sites[0] : nullptr;
  bool all = true;
  for (size_t i = 0; i < count; ++i) {
    pflow::KeyName key;
    if (!key.set(names[i])) {
      pf_config_error(site, nullptr, "`%s` cannot be the name of a key", names[i]);
      return false;
    }
    pf_str found{};
    const pf_key_state state = pf_key(key.name(), key.variable(), &found);
    pf_str_release(found);
    if (state == PF_KEY_FOUND) continue;
    all = false;
    if (state == PF_KEY_BROKEN) continue;  // reported
    char help[400];
    snprintf(help, sizeof help, "set %s, or add \"%s\" to `keys.json` in PFLOW_HOME",
             key.variable(), key.name());
    pf_config_error(site, help, "no key for `%s` is set", key.name());
  }
  return all;
}
