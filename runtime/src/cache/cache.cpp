// `cache`: results of a stage, kept from run to run.
#include "runtime/src/cache/cache.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <new>

#include "pflow/timer.h"
#include "runtime/src/cache/ingredients.h"
#include "runtime/src/cache/store.h"
#include "runtime/src/descriptors/descriptors.h"
#include "runtime/src/failures/report.h"
#include "runtime/src/json/json_text.h"
#include "runtime/src/program/command_line.h"
#include "runtime/src/running/children.h"
#include "runtime/src/values/memory.h"

namespace pflow::rt {
namespace {

/// What a stage is known by, from run to run and through edits elsewhere.
void add_place(Buffer& out, const pf_site& site) {
  out.format("%s:%s", site.file, site.id);
  if (site.id[0] == '\0') out.format("%u", site.line);
}

// ---- results as text: a line of JSON for each ------------------------------------------

void write_results(Buffer& out, const pf_frame_info* flow, const void* results) {
  BlockLayout layout;
  for (uint32_t i = 0; i < flow->result_count; ++i) {
    const pf_type* type = flow->results[i].type;
    add_json(out, static_cast<const char*>(results) + layout.next(type), type);
    out.add('\n');
  }
}

bool read_line(pf_str& lines, const pf_type* type, void* out) {
  const void* end = lines.len == 0 ? nullptr : memchr(lines.data, '\n', lines.len);
  if (!end) return false;
  pf_str line = {lines.data, static_cast<size_t>(static_cast<const char*>(end) - lines.data),
                 nullptr};
  lines.data += line.len + 1;
  lines.len -= line.len + 1;
  pf_json_problem problem;
  if (pf_json_decode(&line, type, out, &problem)) return true;
  pf_str_release(problem.message);
  return false;
}

/// False: `out` is all zero again.
bool read_results(pf_str lines, const pf_frame_info* flow, void* out) {
  BlockLayout layout;
  auto* block = static_cast<char*>(out);
  for (uint32_t i = 0; i < flow->result_count; ++i) {
    const pf_type* type = flow->results[i].type;
    if (read_line(lines, type, block + layout.next(type))) continue;
    BlockLayout read;
    for (uint32_t k = 0; k < i; ++k) {
      char* value = block + read.next(flow->results[k].type);
      pf_drop_value(value, flow->results[k].type);
      memset(value, 0, flow->results[k].type->size);
    }
    return false;
  }
  return true;
}

// ---- --explain-cache ---------------------------------------------------------------------

void explain(const pf_site& site, const char* what, pf_str why) {
  Buffer line;
  line.format("cache: %s: `%s` at %s:%u:%u", what, site.node, site.file, site.line, site.column);
  if (why.len != 0) line.add(": ");
  line.add(why);
  line.add('\n');
  write_all(STDERR_FILENO, line.data(), line.size());
}

/// The stored result of the place that differs least.
struct Nearest {
  pf_str wanted;
  Buffer changes;
  size_t fewest = SIZE_MAX;
};

void explain_miss(const pf_site& site, pf_str place, pf_str ingredients) {
  if (const char* problem = store_problem()) {
    Buffer why;
    why.format("the cache cannot be used: %s", problem);
    return explain(site, "miss", why.text());
  }
  Nearest nearest;
  nearest.wanted = ingredients;
  visit_stored(
      place,
      [](void* state, pf_str stored) {
        auto* so_far = static_cast<Nearest*>(state);
        Buffer changes;
        size_t count = add_changes(changes, so_far->wanted, stored);
        if (count >= so_far->fewest) return;
        so_far->fewest = count;
        (void)so_far->changes.take();
        so_far->changes.add(changes.text());
      },
      &nearest);
  if (nearest.fewest == SIZE_MAX)
    nearest.changes.add("nothing is stored for this stage");
  else if (nearest.fewest == 0)
    nearest.changes.add("a secret has changed");
  else
    nearest.changes.add(nearest.fewest == 1 ? " has changed" : " have changed");
  explain(site, "miss", nearest.changes.text());
}

// ---- what the stage calls ------------------------------------------------------------------

bool is_expired(const CachedStage& stage, const StoredResult& stored) {
  return stage.keep > 0 && pf_wall_clock() - stored.stored_at >= stage.keep;
}

bool find(const CachedStage& stage, void* out, void** ticket) {
  auto* ingredients = new (allocate(sizeof(Ingredients))) Ingredients;
  bool storable = find_ingredients(stage, *ingredients);
  StoredResult stored;
  bool known = storable && load_result(ingredients->key, stored);
  bool expired = known && is_expired(stage, stored);
  bool hit = known && !expired && read_results(stored.value.text(), stage.flow, out);
  if (explains_cache()) {
    Buffer place;
    add_place(place, *stage.site);
    if (hit)
      explain(*stage.site, "hit", {});
    else if (!storable)
      explain(*stage.site, "miss", view("what goes in or comes out cannot be stored"));
    else if (expired)
      explain(*stage.site, "miss", view("the stored result is too old"));
    else
      explain_miss(*stage.site, place.text(), ingredients->lines.text());
  }
  if (!hit && storable) {
    *ticket = ingredients;
    return false;
  }
  ingredients->~Ingredients();
  free(ingredients);
  return hit;
}

void store(void* ticket, const CachedStage& stage, const void* results) {
  auto* ingredients = static_cast<Ingredients*>(ticket);
  if (results) {
    Buffer place, value;
    add_place(place, *stage.site);
    write_results(value, stage.flow, results);
    save_result(ingredients->key, place.text(), ingredients->lines.text(), value.text());
  }
  ingredients->~Ingredients();
  free(ingredients);
}

}  // namespace
}  // namespace pflow::rt

extern const pflow::rt::CacheApi pf_cache = {pflow::rt::find, pflow::rt::store};
