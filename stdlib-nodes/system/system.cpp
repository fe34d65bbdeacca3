// env.
#include <stdlib.h>
#include <string.h>

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
  size_t len = strlen(value);
  size_t valid = pf_utf8_valid_prefix(value, len);
  if (valid != len) {
    return pf_fail(call, PF_E_CONFIG,
                   "the environment variable `%s` is not UTF-8: byte 0x%02x at offset %zu", name,
                   static_cast<unsigned char>(value[valid]), valid);
  }
  out->value = pf_str_copy(value, len);
  return PF_DONE;
}
