/// What all parts of one generation share: the LLVM module, the pools of
/// constants, and a plan per function.
#pragma once

#include <optional>
#include <set>
#include <string>

#include "codegen/codegen.h"
#include "codegen/forms/debug_info.h"
#include "codegen/forms/ownership.h"
#include "codegen/forms/sites.h"
#include "codegen/module/function_plan.h"
#include "codegen/module/node_calls.h"

namespace pflow::codegen {

struct ModuleEmitter {
  ModuleEmitter(llvm::Module& module, const ir::Module& source, const SourceMap& sources,
                const Options& options);

  /// Generates everything.
  void run();

  [[nodiscard]] const FunctionPlan& plan(ir::FunctionId id) const { return plans[id.index]; }
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
  std::vector<FunctionPlan> plans;  ///< by FunctionId

 private:
  void make_plans();
  void emit_field_defaults();
};

/// The pf_program of the entry, and `main`.
void emit_program(ModuleEmitter& module);
/// One pf_program for each test, and the `main` that runs them.
void emit_tests(ModuleEmitter& module);

}  // namespace pflow::codegen
