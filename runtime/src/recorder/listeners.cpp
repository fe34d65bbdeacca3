// Who listens, and what the runtime tells of tries and items.
#include "runtime/src/recorder/listeners.h"

#include <algorithm>

#include "runtime/src/recorder/listener.h"

namespace pflow::rt {
namespace {

const Listener* g_listeners[kMostListeners];
int g_count;

void tries_again(const pf_site* site, const Failure& why, int64_t attempt, int64_t wait) {
  for_listeners(&Listener::tries_again, site, why, attempt, wait);
}

void item_skipped(const pf_site* site, const Failure& why, int64_t index) {
  for_listeners(&Listener::item_skipped, site, why, index);
}

void batch_changed(const Batch& batch, BatchChange change) {
  for_listeners(&Listener::batch, batch, change);
}

bool asks_why() {
  return std::any_of(g_listeners, g_listeners + g_count,
                     [](const Listener* listener) { return listener->asks_why; });
}

bool recalls(const char* key, CacheRecall& recall) {
  return std::any_of(g_listeners, g_listeners + g_count, [&](const Listener* listener) {
    return listener->recalls && listener->recalls(key, recall);
  });
}

void cache_looked(const CacheLookup& lookup) { for_listeners(&Listener::cache_looked, lookup); }

constexpr Watcher kWatcher = {holds_step,    end_step, tries_again, item_skipped,
                              batch_changed, asks_why, recalls,     cache_looked};

}  // namespace

int listener_count() { return g_count; }
const Listener& listener(int number) { return *g_listeners[number]; }

int listen(const Listener& listener) {
  g_watcher = &kWatcher;
  g_listeners[g_count] = &listener;
  return g_count++;
}

void end_recording(int exit_code) { for_listeners(&Listener::end_run, exit_code); }

}  // namespace pflow::rt
