// What a stub fails with is the failure of the call that it stands for.
#include "runtime/src/failures/failure.h"

void pf_error_of_call(const pf_site* site) {
  pflow::rt::Failure* failure = pflow::rt::take_failure();
  const pf_site* at = failure->site;
  if (!at || at->node[0] == '\0') failure->site = site;
  pflow::rt::set_failure(failure);
}
