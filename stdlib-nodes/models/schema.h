/// A type of the language as a JSON schema, for models that are to answer in it.
#pragma once

#include <string>

#include "pflow/abi.h"

namespace pf_models {

/// Providers want an object at the root: other types are asked for as its only
/// member, `value`.
[[nodiscard]] bool is_wrapped(const pf_type& type);

/// The schema of an answer, as compact JSON.
[[nodiscard]] std::string answer_schema(const pf_type& type);

}  // namespace pf_models
