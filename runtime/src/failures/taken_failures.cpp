/// Failures that `pf_error_take` has turned into records: for a while what the record
/// does not hold (where it happened, the help row) is kept, so that the same failure
/// can be made pending again.
#include "runtime/src/failures/failure.h"
#include "runtime/src/values/buffer.h"
#include "runtime/src/values/list.h"

namespace pflow::rt {
namespace {

// Many items may fail at once; a failure that fell out is told by its record alone.
constexpr size_t kRemembered = 64;
Failure* g_taken[kRemembered];
size_t g_next;

/// The failure whose message is the very same text, or null.
Failure* recall(pf_str message) {
  for (Failure*& slot : g_taken) {
    if (!slot || slot->message.data != message.data || slot->message.len != message.len) continue;
    Failure* found = slot;
    slot = nullptr;
    return found;
  }
  return nullptr;
}

pf_error_kind kind_of(pf_str name) {
  auto is = [&name](pf_str word) { return pf_str_equal(&name, &word); };
#define PF_ERROR_KIND(NAME, word, number, tries) \
  if (is(view(#word))) return PF_E_##NAME;
#include "pflow/tables/error_kinds.def"
  return PF_E_USER;
}

/// Takes over `failure`, whose message a record shares.
void remember(Failure* failure) {
  Failure*& slot = g_taken[g_next++ % kRemembered];
  free_failure(slot);
  slot = failure;
}

/// The failure that the record was taken of, or one made of the record.
Failure* failure_of(const pf_site* site, const pf_error_value& error) {
  if (Failure* failure = recall(error.message)) return failure;
  Failure* failure = new_failure(kind_of(error.kind), site, "%s", "");
  pf_str_retain(error.message);
  set_message(failure, error.message);
  failure->attempt = error.attempt;
  failure->data = error.data;
  pf_retain_value(&failure->data, &kJsonType);
  return failure;
}

}  // namespace
}  // namespace pflow::rt

using pflow::rt::Failure;

bool pf_error_take(void* out) {
  const Failure* pending = pflow::rt::pending_failure();
  if (!pending || pending->kind == PF_E_CANCELLED || pending->kind == PF_E_INTERNAL) return true;
  Failure* failure = pflow::rt::take_failure();
  auto* error = static_cast<pf_error_value*>(out);
  error->message = failure->message;
  pf_str_retain(failure->message);
  error->kind = pflow::rt::view(pflow::rt::kind_name(failure->kind));
  error->node = pflow::rt::view(failure->site ? failure->site->node : "");
  error->attempt = failure->attempt;
  error->data = failure->data;
  pf_retain_value(&error->data, &pflow::rt::kJsonType);
  pflow::rt::remember(failure);
  return false;
}

void pf_error_again(const pf_site* site, const void* taken) {
  pflow::rt::set_failure(pflow::rt::failure_of(site, *static_cast<const pf_error_value*>(taken)));
}

void pf_error_because(const void* taken) {
  Failure* pending = pflow::rt::take_failure();
  if (!pending) return;
  Failure* last = pending;
  while (last->first) last = last->first;
  last->first = pflow::rt::failure_of(nullptr, *static_cast<const pf_error_value*>(taken));
  pflow::rt::set_failure(pending);
}
