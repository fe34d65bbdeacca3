#include "runtime/src/program/used_keys.h"

#include <new>

namespace pflow::rt {
namespace {

bool g_replayed;
Row<pf_str>* g_keys;  ///< never given back: what is written last is filtered, too

Row<pf_str>& keys() {
  if (!g_keys) g_keys = new (allocate(sizeof(Row<pf_str>))) Row<pf_str>;
  return *g_keys;
}

}  // namespace

const Row<pf_str>& used_keys() { return keys(); }

void note_key(const pf_str& key) {
  for (const pf_str& known : keys())
    if (pf_str_equal(&known, &key)) return;
  pf_str_retain(key);
  keys().add(key);
}

bool requests_are_replayed() { return g_replayed; }

void set_requests_replayed(bool replayed) { g_replayed = replayed; }

}  // namespace pflow::rt
