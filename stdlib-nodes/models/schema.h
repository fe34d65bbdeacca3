/// A type of the language as a JSON schema, for models that are to answer in it.
#pragma once

#include "model_request.h"
#include "pflow/abi.h"

namespace pf_models {

/// Providers want an object at the root: other types are asked for as its only
/// member, `value`.
[[nodiscard]] bool is_wrapped(const pf_type& type);

/// The shape of an answer in the form that the providers' strict modes share: each object
/// says all its members, and what may be missing may be null. Maps and free JSON have none,
/// so that a shape with one is not strict.
[[nodiscard]] Shape answer_shape(const pf_type& type);

/// The shape of the arguments of a tool, whose comment is told beside it.
[[nodiscard]] Shape input_shape(const pf_tool& tool);

}  // namespace pf_models
