#include "runtime/src/program/used_keys.h"

#include <new>

namespace pflow::rt {
namespace {

Row<pf_str>* g_keys;  ///< never given back: what is written last is filtered, too

Row<pf_str>& keys() {
  if (!g_keys) g_keys = new (allocate(sizeof(Row<pf_str>))) Row<pf_str>;
  return *g_keys;
}

bool is_blank(char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\n'; }

}  // namespace

const Row<pf_str>& used_keys() { return keys(); }

void note_key(const pf_str& key) {
  // Whoever sends it leaves out the blanks around it.
  pf_str bare = key;
  while (bare.len != 0 && is_blank(bare.data[bare.len - 1])) --bare.len;
  while (bare.len != 0 && is_blank(bare.data[0])) ++bare.data, --bare.len;
  if (bare.len == 0) return;
  for (const pf_str& known : keys())
    if (pf_str_equal(&known, &bare)) return;
  pf_str_retain(bare);
  keys().add(bare);
}

}  // namespace pflow::rt
