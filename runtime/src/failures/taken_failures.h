/// Failures that `pf_error_take` has turned into records: for a while what the record
/// does not hold (where it happened, the help row) is kept, so that the same failure
/// can be made pending again.
#pragma once

#include "runtime/src/failures/failure.h"

namespace pflow::rt {

/// Takes over `failure`, whose message `error` shares.
void remember_taken(Failure* failure);

}  // namespace pflow::rt
