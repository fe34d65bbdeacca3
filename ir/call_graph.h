/// Who runs whom in a module.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "ir/ir.h"

namespace pflow::ir {

/// Of each function the numbers of those that its ops call, start or hand to a node.
using CallGraph = std::vector<std::vector<uint32_t>>;

[[nodiscard]] CallGraph call_graph(const Module& module);

/// Whether each function is one of `roots`, or is reached from one.
[[nodiscard]] std::vector<bool> reached_functions(const CallGraph& graph,
                                                  std::span<const FunctionId> roots);

}  // namespace pflow::ir
