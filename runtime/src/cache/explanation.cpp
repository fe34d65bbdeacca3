#include "runtime/src/cache/explanation.h"

#include <unistd.h>

#include "runtime/src/descriptors/descriptors.h"
#include "runtime/src/recorder/listener.h"
#include "runtime/src/values/buffer.h"

namespace pflow::rt {
namespace {

const char* word(CacheAnswer answer) {
  switch (answer) {
    case CacheAnswer::Hit: return "hit";
    case CacheAnswer::Miss: return "miss";
    case CacheAnswer::NotKept: return "not kept";
  }
}

void explain(const CacheLookup& lookup) {
  const pf_site& site = *lookup.call.site;
  Buffer line;
  line.format("cache: %s: `%s` at %s:%u:%u", word(lookup.answer), site.node, site.file, site.line,
              site.column);
  if (lookup.why.len != 0) line.add(": ");
  line.add(lookup.why);
  line.add('\n');
  write_all(STDERR_FILENO, line.data(), line.size());
}

constexpr Listener kExplanation = {.cache_looked = explain, .asks_why = true};

}  // namespace

void explain_lookups() { listen(kExplanation); }

}  // namespace pflow::rt
