// `cache`: results of a stage, kept from run to run.
#include "runtime/src/cache/cache.h"

#include <stdlib.h>
#include <string.h>

#include <new>

#include "pflow/timer.h"
#include "runtime/src/cache/explanation.h"
#include "runtime/src/cache/ingredients.h"
#include "runtime/src/cache/size_bound.h"
#include "runtime/src/cache/store.h"
#include "runtime/src/json/json_text.h"
#include "runtime/src/program/command_line.h"
#include "runtime/src/running/children.h"
#include "runtime/src/running/watcher.h"
#include "runtime/src/values/hash_value.h"
#include "runtime/src/values/memory.h"

namespace pflow::rt {
namespace {

/// What a stage is known by, from run to run and through edits elsewhere.
void add_stored_place(Buffer& out, const pf_site& site) {
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

/// Drops the first `count` results; they are zero again.
void drop_results(const pf_frame_info* flow, uint32_t count, void* results) {
  BlockLayout layout;
  for (uint32_t i = 0; i < count; ++i) {
    const pf_type* type = flow->results[i].type;
    char* value = static_cast<char*>(results) + layout.next(type);
    pf_drop_value(value, type);
    memset(value, 0, type->size);
  }
}

size_t results_size(const pf_frame_info* flow) {
  BlockLayout layout;
  size_t size = 0;
  for (uint32_t i = 0; i < flow->result_count; ++i)
    size = layout.next(flow->results[i].type) + flow->results[i].type->size;
  return size;
}

void hash_results(const pf_frame_info* flow, const void* results, char (&hex)[65]) {
  Sha256 hash;
  BlockLayout layout;
  for (uint32_t i = 0; i < flow->result_count; ++i) {
    const pf_type* type = flow->results[i].type;
    hash_value(hash, static_cast<const char*>(results) + layout.next(type), type);
  }
  hash.finish(hex);
}

/// False: `out` is all zero again.
bool read_results(pf_str lines, const pf_frame_info* flow, void* out) {
  BlockLayout layout;
  auto* block = static_cast<char*>(out);
  for (uint32_t i = 0; i < flow->result_count; ++i) {
    const pf_type* type = flow->results[i].type;
    if (read_line(lines, type, block + layout.next(type))) continue;
    drop_results(flow, i, out);
    return false;
  }
  return true;
}

// ---- what is told ------------------------------------------------------------------------

void tell(const CachedStage& stage, CacheAnswer answer, pf_str why, const char* key = nullptr,
          pf_str results = {}) {
  if (g_watcher) g_watcher->cache_looked({*stage.call, answer, why, key, results});
}

/// The stored result of the place that differs least.
struct Nearest {
  pf_str wanted;
  Buffer changes;
  size_t fewest = SIZE_MAX;
};

/// Why nothing that is stored fits.
void add_difference(Buffer& why, pf_str place, pf_str ingredients) {
  if (const char* problem = store_problem())
    return why.format("the cache cannot be used: %s", problem);
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
        so_far->changes.clear();
        so_far->changes.add(changes.text());
      },
      &nearest);
  if (nearest.fewest == SIZE_MAX) return why.add("nothing is stored for this stage");
  if (nearest.fewest == 0) return why.add("a secret has changed");
  why.add(nearest.changes.text());
  why.add(nearest.fewest == 1 ? " has changed" : " have changed");
}

// ---- what the stage calls ------------------------------------------------------------------

struct Ticket {
  CachedStage stage;
  Ingredients ingredients;
};

void close(void* ticket);

void* open(const CachedStage& stage) {
  auto* ticket = new (allocate(sizeof(Ticket))) Ticket{stage, {}};
  if (find_ingredients(stage, ticket->ingredients)) return ticket;
  tell(stage, CacheAnswer::Miss, view("what goes in or comes out cannot be stored"));
  close(ticket);
  return nullptr;
}

const char* key(const void* ticket) { return static_cast<const Ticket*>(ticket)->ingredients.key; }

/// A result from the future is one of another clock, whose age nobody knows.
bool is_expired(const CachedStage& stage, const StoredResult& stored) {
  const int64_t age = pf_wall_clock() - stored.stored_at;
  return stage.keep != INT64_MAX && (age >= stage.keep || age < 0);
}

/// Whether a run that goes on knows what came of the lookup; `hit`: the results are in `out`.
bool recall(const Ticket& ticket, void* out, bool& hit) {
  CacheRecall recall{};
  if (!g_watcher || !g_watcher->recalls(ticket.ingredients.key, recall)) return false;
  hit = recall.hit && read_results(recall.results, ticket.stage.flow, out);
  pf_str_release(recall.results);
  return true;
}

bool load(void* opened, void* out) {
  bool recalled;
  if (recall(*static_cast<Ticket*>(opened), out, recalled)) return recalled;
  auto& [stage, ingredients] = *static_cast<Ticket*>(opened);
  StoredResult stored;
  bool known = load_result(ingredients.key, stored);
  bool expired = known && is_expired(stage, stored);
  bool hit = known && !expired && read_results(stored.value.text(), stage.flow, out);
  Buffer place, why;
  if (expired) {
    why.add("the stored result is too old");
  } else if (!hit && g_watcher && g_watcher->asks_why()) {
    add_stored_place(place, *stage.call->site);
    add_difference(why, place.text(), ingredients.lines.text());
  }
  tell(stage, hit ? CacheAnswer::Hit : CacheAnswer::Miss, why.text(), ingredients.key,
       hit ? stored.value.text() : pf_str{});
  return hit;
}

void share(const void* ticket) {
  tell(static_cast<const Ticket*>(ticket)->stage, CacheAnswer::Hit,
       view("an equal call runs already"));
}

/// Whether what is stored reads back as what it was: a number that JSON has not, a field
/// left out that has a default, do not.
bool reads_back(pf_str value, const pf_frame_info* flow, const void* results) {
  void* copy = allocate_zeroed(results_size(flow) + 1);
  bool same = read_results(value, flow, copy);
  if (same) {
    char before[65], after[65];
    hash_results(flow, results, before);
    hash_results(flow, copy, after);
    same = strcmp(before, after) == 0;
    drop_results(flow, flow->result_count, copy);
  }
  free(copy);
  return same;
}

void store(void* opened, const void* results) {
  auto& [stage, ingredients] = *static_cast<Ticket*>(opened);
  Buffer place, value;
  add_stored_place(place, *stage.call->site);
  write_results(value, stage.flow, results);
  if (!reads_back(value.text(), stage.flow, results)) {
    tell(stage, CacheAnswer::NotKept, view("the result cannot be written as JSON and read back"));
    return;
  }
  save_result({ingredients.key, view(stage.call->site->node), place.text(),
               ingredients.lines.text(), value.text()});
}

bool begin_caching() {
  if (!check_cache_size()) return false;
  if (explains_cache()) explain_lookups();
  return true;
}

void close(void* ticket) {
  static_cast<Ticket*>(ticket)->~Ticket();
  free(ticket);
}

}  // namespace
}  // namespace pflow::rt

extern const pflow::rt::CacheApi pf_cache = {
    pflow::rt::begin_caching, pflow::rt::open,  pflow::rt::key,  pflow::rt::load,
    pflow::rt::share,         pflow::rt::store, pflow::rt::close};
