/// Failures: at most one is pending; those of nodes wait in their call.
#pragma once

#include <algorithm>

#include "pflow/abi.h"

namespace pflow::rt {

struct Failure {
  pf_error_kind kind;
  bool once;            ///< pf_fail_once
  uint8_t items;        ///< how many items of `each` its message names
  int status;           ///< of an HTTP response; 0: none
  int exit_code;        ///< that the flow asks for; 0: that of its kind
  const pf_site* site;  ///< may be null
  pf_str message;
  pf_str help;          ///< may be empty
  pf_str note;          ///< what the other side said; may be empty
  int64_t retry_after;  ///< nanoseconds; negative: the server does not say
  int64_t attempt;      ///< which try it was, from 1
  size_t done, all;     ///< items of the outermost `each`; 0: of none
  pf_json data;
  Failure* first;  ///< what was being handled when this failed; may be null
};

/// The numbers of kinds are below it.
inline constexpr int kErrorKinds = 1 + std::max({
#define PF_ERROR_KIND(NAME, word, number, tries) number,
#include "pflow/tables/error_kinds.def"
                                       });

/// The fixed word of a kind: `io`.
[[nodiscard]] const char* kind_name(pf_error_kind kind);

/// The pending failure, or null; stays pending.
[[nodiscard]] const Failure* pending_failure();
/// Takes it, or null. Whoever takes it frees it or makes it pending again.
[[nodiscard]] Failure* take_failure();
/// Makes `failure` the pending one in place of any other.
void set_failure(Failure* failure);
void free_failure(Failure* failure);
/// A failure that is not pending.
[[nodiscard]] Failure* new_failure(pf_error_kind kind, const pf_site* site, const char* format, ...)
    __attribute__((format(printf, 3, 4)));
/// The same once more, not pending.
[[nodiscard]] Failure* copy_failure(const Failure& failure);
/// Replaces the message and the help row; the text is taken over.
void set_message(Failure* failure, pf_str message);
void set_help(Failure* failure, pf_str help);
/// Makes `failure`, which may be null, that of the call.
void give_failure(pf_call* call, Failure* failure);

/// Makes a new failure pending.
void raise(pf_error_kind kind, const pf_site* site, const char* format, ...)
    __attribute__((format(printf, 3, 4)));
/// Adds a help row to the pending failure.
void raise_help(const char* format, ...) __attribute__((format(printf, 1, 2)));

}  // namespace pflow::rt
