#include "runtime/src/journal/lookups.h"

#include "pflow/timer.h"
#include "runtime/src/journal/resume.h"
#include "runtime/src/journal/step_values.h"
#include "runtime/src/json/json_scanner.h"
#include "runtime/src/recorder/place.h"
#include "runtime/src/recorder/record_fields.h"
#include "runtime/src/recorder/record_file.h"

namespace pflow::rt {

void add_lookup(Buffer& json, const CacheLookup& lookup) {
  constexpr int64_t kMillisecond = 1'000'000;
  const bool hit = lookup.answer == CacheAnswer::Hit;
  Buffer place;
  add_place(place, lookup.call);
  begin_record(json, "cache");
  add_text(json, "key", place.text());
  add_text(json, "node", view(lookup.call.site->node));
  add_number(json, "began", pf_wall_clock() / kMillisecond);
  json.add(hit ? ",\"hit\":true" : ",\"hit\":false");
  if (lookup.why.len != 0) add_text(json, "why", lookup.why);
  const bool is_kept = !holds_key(lookup.results);
  if (lookup.key && is_kept) add_text(json, "call", view(lookup.key));
  if (lookup.key && is_kept && hit) add_text(json, "results", lookup.results);
}

bool recalls_lookup(const char* key, CacheRecall& recall) {
  const RecordedLookup* lookup = resumed() ? resumed()->recorded.lookup(view(key)) : nullptr;
  if (!lookup) return false;
  recall.hit = lookup->results.len != 0;
  pf_str results;
  JsonScanner scanner(lookup->results);
  if (recall.hit && scanner.string(&results))
    recall.results = pf_str_copy(results.data, results.len);
  return true;
}

}  // namespace pflow::rt
