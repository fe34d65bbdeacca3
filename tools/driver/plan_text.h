/// What a program may do, as text and as JSON.
#pragma once

#include <string>
#include <vector>

#include "ir/effect_table.h"
#include "support/source.h"

namespace pflow {

/// A line a stage: where it stands, its effects, and its call with what it touches.
[[nodiscard]] std::string plan_text(const std::vector<ir::EffectRow>& rows,
                                    const ir::Module& module, const SourceMap& sources);
/// A list of objects: `site`, `file`, `line`, `column`, `node`, `effects` and `arguments`, whose
/// members are `{"text", "fixed"}` or lists of these.
[[nodiscard]] std::string plan_json(const std::vector<ir::EffectRow>& rows,
                                    const ir::Module& module, const SourceMap& sources);

}  // namespace pflow
