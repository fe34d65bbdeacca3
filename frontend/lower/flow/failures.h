/// Where failures go: `on error`, fallbacks.
#pragma once

#include <functional>
#include <string>

#include "frontend/lower/flow/flow_context.h"

namespace pflow::lowering {

/// Takes the failure that led here, also into `key` when that is one, and handles it by
/// `body`; what fails in that has it as its reason. The slot that keeps it.
ir::SlotId handle_failure(FlowContext& f, sema::KeyId key, const std::function<void()>& body);
void lower_on_error(FlowContext& f, const ast::OnErrorStatement& handler, ir::BlockId block);
/// What `attempt` gives, as `type`; when it fails, the fallback, told to `instead`. `callable` is
/// what failed, where the stage is a call: the fallback sets the other outputs that are written.
Held falls_back(FlowContext& f, const std::string& name, const sema::StageInfo& info,
                const sema::Callable* callable, ir::TypeId type,
                const std::function<Held()>& attempt,
                const std::function<void(const Held&)>& instead);

}  // namespace pflow::lowering
