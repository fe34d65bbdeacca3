/// How failures are told to callers.
#pragma once

#include <string>
#include <string_view>

#include "pflow/abi.h"
#include "runtime/src/failures/failure.h"

namespace pflow::serve {

/// `{"error":{"kind":…,"message":…}}`.
[[nodiscard]] std::string error_json(std::string_view kind, std::string_view message);
/// The same of a failure, with `code`, and `data` where there is some.
[[nodiscard]] std::string error_json(const rt::Failure& failure);
/// `kind: message`.
[[nodiscard]] std::string error_text(const rt::Failure& failure);
/// The HTTP status of a call that has failed.
[[nodiscard]] int status_of(pf_error_kind kind);

}  // namespace pflow::serve
