// env.
#include <stdlib.h>
#include <string.h>

#include "pflow/node.hpp"
#include "system.pf.hpp"

pf_status pfn_system_env(pf_call* call, const env_in* in, env_out* out) {
  char name[256];
  if (in->name.len == 0 || in->name.len >= sizeof(name) ||
      memchr(in->name.data, '=', in->name.len) || memchr(in->name.data, 0, in->name.len)) {
    return pf_fail(call, PF_E_VALUE, "`%.*s` cannot be the name of an environment variable",
                   static_cast<int>(in->name.len < 80 ? in->name.len : 80),
                   in->name.len == 0 ? "" : in->name.data);
  }
  memcpy(name, in->name.data, in->name.len);
  name[in->name.len] = 0;
  const char* value = getenv(name);
  if (!value && in->default_.has) {
    out->value = in->default_.value;
    pf_str_retain(out->value);
    return PF_DONE;
  }
  if (!value) return pf_fail(call, PF_E_CONFIG, "the environment variable `%s` is not set", name);
  out->value = pf_str_copy(value, strlen(value));
  pflow::Text shown(pflow::join({"the environment variable `", name, "`"}));
  return pflow::take_text(call, PF_E_CONFIG, shown.view(), &out->value) ? PF_DONE : PF_FAILED;
}
