/// Failures: at most one is pending; those of nodes wait in their call.
#pragma once

#include "pflow/abi.h"

namespace pflow::rt {

struct Failure {
  pf_error_kind kind;
  const pf_site* site;  ///< may be null
  pf_str message;
  pf_str help;  ///< may be empty
};

/// The fixed word of a kind: `io`.
[[nodiscard]] const char* kind_name(pf_error_kind kind);

/// The pending failure, or null; stays pending.
[[nodiscard]] const Failure* pending_failure();
/// Takes it, or null. Whoever takes it frees it or makes it pending again.
[[nodiscard]] Failure* take_failure();
/// Makes `failure` the pending one in place of any other.
void set_failure(Failure* failure);
void free_failure(Failure* failure);

/// Makes a new failure pending.
void raise(pf_error_kind kind, const pf_site* site, const char* format, ...)
    __attribute__((format(printf, 3, 4)));
/// Adds a help row to the pending failure.
void raise_help(const char* format, ...) __attribute__((format(printf, 1, 2)));

}  // namespace pflow::rt
