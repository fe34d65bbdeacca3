/// Sites: the places of the program where something is called, with ids that stay when
/// the program around them changes.
#pragma once

#include <string_view>

#include "frontend/lower/module/module_context.h"

namespace pflow::lowering {

/// A site of `flow`; the id is made of the label, else of the callee and the source of
/// the arguments.
ir::SiteId add_site(ModuleContext& module, std::string_view flow, std::string_view label,
                    const sema::CallInfo& call, Span span);
/// Preflight checks see that it belongs to an item of an `each` with `batch: true`, as if that were
/// an argument.
void mark_batched(ModuleContext& module, ir::SiteId site);
/// The site of a block form, whose id is made of the label, else of `what`.
ir::SiteId add_site(ModuleContext& module, std::string_view flow, std::string_view label,
                    std::string_view what, Span span);

}  // namespace pflow::lowering
