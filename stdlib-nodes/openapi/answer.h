/// The answer of an API as the outputs of a node.
#pragma once

#include "pflow/http.hpp"

namespace pf_openapi {

/// Fills the outputs with an answer whose status is no failure, or fails the call. What
/// `pf_net::input` gives is the plan.
pf_status take_answer(pf_call* call, void* out, const pflow::HttpResponse& response);

}  // namespace pf_openapi
