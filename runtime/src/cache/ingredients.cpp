#include "runtime/src/cache/ingredients.h"

#include <string.h>

#include "runtime/src/cache/hash_value.h"
#include "runtime/src/running/children.h"
#include "runtime/src/values/list.h"

namespace pflow::rt {
namespace {

constexpr int kShownDigits = 16;

void add_line(Ingredients& out, Sha256& all, const char* name, Sha256& hash, bool secret) {
  char hex[65];
  hash.finish(hex);
  all.add({name, strlen(name) + 1});
  all.add({hex, 64});
  out.lines.format("%s\t%.*s\n", name, secret ? 0 : kShownDigits, hex);
}

void add_text_line(Ingredients& out, Sha256& all, const char* name, const char* text) {
  Sha256 hash;
  hash.add({text, strlen(text)});
  add_line(out, all, name, hash, false);
}

/// A node with a port `model` that is not given asks for the default model.
bool asks_for_default_model(const pf_frame_slot& param, const void* value) {
  return strcmp(param.name, "model") == 0 && param.type->kind == PF_OPT &&
         !optional_has(value, param.type);
}

bool add_arguments(const CachedStage& stage, Ingredients& out, Sha256& all) {
  const char* model = nullptr;
  BlockLayout layout;
  for (uint32_t i = 0; i < stage.flow->param_count; ++i) {
    const pf_frame_slot& param = stage.flow->params[i];
    if (param.type->kind == PF_STREAM) return false;
    const void* value = static_cast<const char*>(stage.arguments) + layout.next(param.type);
    if (asks_for_default_model(param, value)) model = pf_default_model();
    Buffer name;
    name.format("argument `%s`", param.name);
    Sha256 hash;
    hash_value(hash, value, param.type);
    add_line(out, all, name.c_str(), hash, holds_secret(param.type));
  }
  add_text_line(out, all, "model", model ? model : "");
  return true;
}

/// Takes the first line off; false at the end.
bool take_line(pf_str& lines, pf_str* line) {
  const void* end = lines.len == 0 ? nullptr : memchr(lines.data, '\n', lines.len);
  if (!end) return false;
  *line = {lines.data, static_cast<size_t>(static_cast<const char*>(end) - lines.data), nullptr};
  lines.data += line->len + 1;
  lines.len -= line->len + 1;
  return true;
}

bool has_line(pf_str lines, pf_str wanted) {
  pf_str line;
  while (take_line(lines, &line))
    if (pf_str_equal(&line, &wanted)) return true;
  return false;
}

}  // namespace

bool find_ingredients(const CachedStage& stage, Ingredients& out) {
  Sha256 all;
  add_text_line(out, all, "node", stage.site->node);
  add_text_line(out, all, "version", PFLOW_VERSION);
  Sha256 results;
  for (uint32_t i = 0; i < stage.flow->result_count; ++i) {
    if (!is_storable(stage.flow->results[i].type)) return false;
    hash_type(results, stage.flow->results[i].type);
  }
  add_line(out, all, "type of the result", results, false);
  if (!add_arguments(stage, out, all)) return false;
  all.finish(out.key);
  return true;
}

size_t add_changes(Buffer& out, pf_str now, pf_str then) {
  size_t changes = 0;
  pf_str line;
  while (take_line(now, &line)) {
    if (has_line(then, line)) continue;
    const void* tab = memchr(line.data, '\t', line.len);
    if (changes++ != 0) out.add(", ");
    out.add(line.data, static_cast<size_t>(static_cast<const char*>(tab) - line.data));
  }
  return changes;
}

}  // namespace pflow::rt
