#include "runtime/src/cache/ingredients.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "runtime/src/running/children.h"
#include "runtime/src/values/hash_value.h"
#include "runtime/src/values/list.h"
#include "runtime/src/values/types_within.h"

namespace pflow::rt {
namespace {

constexpr int kShownDigits = 16;

/// Raised when keys come to be made otherwise.
constexpr char kKeyVersion[] = "pflow 2";

/// Where the lines of a key are gathered, and the hash over all of them.
struct Gathered {
  Ingredients& out;
  Sha256& all;

  void add_hex(pf_str name, pf_str hex, bool secret) {
    all.add({hex.data, hex.len});
    out.lines.add(name);
    out.lines.add('\t');
    if (!secret) out.lines.add(hex.data, kShownDigits);
    out.lines.add('\n');
  }
  void add(pf_str name, Sha256& hash, bool secret) {
    char hex[65];
    hash.finish(hex);
    add_hex(name, {hex, 64, nullptr}, secret);
  }
  /// A setting: of these each stage has others, so that the name counts, too.
  void add_text(pf_str name, const char* text) {
    all.add({name.data, name.len + 1});
    Sha256 hash;
    hash.add({text, strlen(text)});
    add(name, hash, false);
  }
};

bool add_arguments(const CachedStage& stage, Gathered& to) {
  BlockLayout layout;
  for (uint32_t i = 0; i < stage.flow->param_count; ++i) {
    const pf_frame_slot& param = stage.flow->params[i];
    if (param.type->kind == PF_STREAM) return false;
    const void* value = static_cast<const char*>(stage.arguments) + layout.next(param.type);
    Buffer name;
    name.format("argument `%s`", param.name);
    Sha256 hash;
    hash_value(hash, value, param.type);
    to.add(name.text(), hash, holds_secret(param.type));
  }
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

/// What the flow does, as the compiler has hashed it.
void add_parts(pf_str parts, Gathered& to) {
  pf_str line;
  while (take_line(parts, &line)) {
    const void* end = memchr(line.data, '\t', line.len);
    size_t name = static_cast<size_t>(static_cast<const char*>(end) - line.data);
    to.add_hex({line.data, name, nullptr}, {line.data + name + 1, line.len - name - 1, nullptr},
               false);
  }
}

void add_folder(Gathered& to) {
  char* folder = getcwd(nullptr, 0);
  to.add_text(view("working folder"), folder ? folder : "");
  free(folder);
}

}  // namespace
}  // namespace pflow::rt

struct pf_settings {
  const pflow::rt::CachedStage& stage;
  pflow::rt::Gathered& to;
};

namespace pflow::rt {
namespace {

void add_behaviour(const CachedStage& stage, const pf_behaviour& known, Gathered& to) {
  add_parts(view(known.parts), to);
  if (known.in_folder) add_folder(to);
  pf_settings settings = {stage, to};
  for (uint32_t i = 0; i < known.source_count; ++i)
    known.sources[i].add(&settings, known.sources[i].sites, known.sources[i].site_count);
}

bool are_results_storable(const pf_frame_info& flow) {
  for (uint32_t i = 0; i < flow.result_count; ++i)
    if (!is_storable(flow.results[i].type)) return false;
  return true;
}

}  // namespace

bool find_ingredients(const CachedStage& stage, Ingredients& out) {
  if (!are_results_storable(*stage.flow)) return false;
  Sha256 all;
  all.add({kKeyVersion, sizeof kKeyVersion});
  Gathered to = {out, all};
  if (!add_arguments(stage, to)) return false;
  if (stage.flow->behaviour) add_behaviour(stage, *stage.flow->behaviour, to);
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

void pf_setting_add(pf_settings* to, const char* name, const char* value) {
  to->to.add_text(pflow::rt::view(name), value);
}

const pf_str* pf_setting_argument(const pf_settings* of, const pf_site* site, const char* port) {
  // Of a stage that calls something else, the arguments are not those of the node.
  if (site != of->stage.call->site) return nullptr;
  const pf_frame_info& flow = *of->stage.flow;
  pflow::rt::BlockLayout layout;
  for (uint32_t i = 0; i < flow.param_count; ++i) {
    const pf_frame_slot& param = flow.params[i];
    const char* value = static_cast<const char*>(of->stage.arguments) + layout.next(param.type);
    if (strcmp(param.name, port) == 0) return reinterpret_cast<const pf_str*>(value);
  }
  return nullptr;
}
