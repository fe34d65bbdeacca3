/// The effects of every callable, those of the nodes that a flow runs among the flow's.
#pragma once

#include <cstdint>
#include <vector>

#include "frontend/sema/checked.h"

namespace pflow::sema {

/// By CallableId: bits of ast::Effect and Attributes::kStdout.
/// Needs: all calls checked.
[[nodiscard]] std::vector<uint16_t> program_effects(const Program& program);

}  // namespace pflow::sema
