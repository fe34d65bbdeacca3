// Keys: keys.json, then the environment.
#include <stdlib.h>
#include <string.h>

#include <string_view>

#include "pflow/node.hpp"
#include "runtime/src/program/replayed.h"
#include "runtime/src/program/used_keys.h"

namespace {

pf_key_state find_stored(const char* name, pf_str* out) {
  const pf_home_file* file =
      pf_home_object("keys.json", "the file of keys",
                     "it is a JSON object of names and keys: {\"openai\": \"sk-...\"}");
  if (file->state != PF_HOME_READ)
    return file->state == PF_HOME_ABSENT ? PF_KEY_ABSENT : PF_KEY_BROKEN;
  const pf_json* value = pf_home_member(file, name);
  if (!value) return PF_KEY_ABSENT;
  if (value->kind != PF_JSON_STR) {
    pf_home_wrong(file, name, "the value of `%s` is no text", name);
    return PF_KEY_BROKEN;
  }
  if (value->text.len == 0) return PF_KEY_ABSENT;
  *out = pf_str_copy(value->text.data, value->text.len);
  return PF_KEY_FOUND;
}

pf_key_state find_key(const char* name, const char* variable, pf_str* out) {
  pf_key_state stored = find_stored(name, out);
  if (stored != PF_KEY_ABSENT) return stored;
  const char* value = variable ? getenv(variable) : nullptr;
  if (!value || !*value) return PF_KEY_ABSENT;
  *out = pf_str_copy(value, strlen(value));
  pf_text_problem problem;
  if (pf_take_text(out, &problem)) return PF_KEY_FOUND;
  pf_config_error(nullptr, problem.help, "the environment variable `%s` %s", variable,
                  problem.message);
  pf_str_release(*out);
  *out = {};
  return PF_KEY_BROKEN;
}

}  // namespace

pf_key_state pf_key(const char* name, const char* variable, pf_str* out) {
  pf_key_state state = find_key(name, variable, out);
  if (state == PF_KEY_FOUND) pflow::rt::note_key(*out);
  if (state != PF_KEY_ABSENT || !pflow::rt::requests_are_replayed()) return state;
  *out = pflow::literal("replayed");
  return PF_KEY_FOUND;
}
