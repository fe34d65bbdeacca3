/// What all parts of one generation share: the LLVM module, the pools of
/// constants, and a plan per function.
#pragma once

#include <optional>
#include <set>
#include <string>

#include "codegen/forms/debug_info.h"
#include "codegen/forms/ownership.h"
#include "codegen/forms/sites.h"
#include "codegen/module/function_plan.h"
#include "codegen/module/node_calls.h"
#include "codegen/options.h"
#include "support/source.h"

namespace pflow::codegen {

struct ModuleEmitter {
  ModuleEmitter(llvm::Module& module, const ir::Module& source, const SourceMap& sources,
                const Options& options);

  [[nodiscard]] const FunctionPlan& plan(ir::FunctionId id) const { return plans[id.index]; }
  /// The `pf_tool` of that number; there is one, by whose address the tool is known.
  llvm::Constant* tool(size_t number);
  /// Whether an invoke of `callee` may come back later.
  [[nodiscard]] bool suspends(const ir::Callee& callee) const;

  const ir::Module& source;
  const SourceMap& sources;
  const Options& options;
  const bool large;  ///< a long program, for which compiling fast counts more
  llvm::Module& module;
  AbiTypes types;
  RuntimeFunctions runtime;
  Constants constants;
  Layout layout;
  Descriptors descriptors;
  Sites sites;
  Ownership ownership;
  NodeCalls nodes;
  std::optional<DebugInfo> debug;
  std::vector<FunctionPlan> plans;     ///< by FunctionId
  std::vector<llvm::Constant*> tools;  ///< those made so far, by number
};

}  // namespace pflow::codegen
