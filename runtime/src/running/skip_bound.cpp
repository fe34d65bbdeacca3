#include "runtime/src/running/skip_bound.h"

#include "runtime/src/failures/failure.h"
#include "runtime/src/values/buffer.h"
#include "runtime/src/values/number_text.h"

namespace pflow::rt {

Failure* too_many_skipped(const pf_policy& policy, const pf_site* site, int64_t skipped,
                          int64_t items, const Failure* last) {
  bool many = (policy.set & PF_P_SKIP_MAX) && skipped > policy.skip_max;
  bool large = (policy.set & PF_P_SKIP_SHARE) &&
               static_cast<double>(skipped) > policy.skip_share * static_cast<double>(items);
  if (!many && !large) return nullptr;
  Buffer message;
  message.format("%lld of %lld items failed, and `skip` allows ", static_cast<long long>(skipped),
                 static_cast<long long>(items));
  if (many)
    message.add_int(policy.skip_max);
  else
    add_float(message, policy.skip_share);
  if (!many) message.add(" of them");
  if (last) {
    message.add(": ");
    message.add(last->message);
  }
  return new_failure(PF_E_LIMIT, site, "%s", message.c_str());
}

}  // namespace pflow::rt
