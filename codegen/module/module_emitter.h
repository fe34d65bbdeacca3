/// What all parts of one generation share: the LLVM module, the pools of
/// constants, and a plan per function.
#pragma once

#include <optional>
#include <set>
#include <string>

#include "codegen/forms/debug_info.h"
#include "codegen/forms/ownership.h"
#include "codegen/forms/sites.h"
#include "codegen/module/divide.h"
#include "codegen/module/function_plan.h"
#include "codegen/module/node_calls.h"
#include "codegen/options.h"
#include "support/source.h"

namespace pflow::codegen {

struct ModuleEmitter {
  /// Of the part of that number of a divided program.
  ModuleEmitter(llvm::Module& module, const ir::Module& source, const SourceMap& sources,
                const Options& options, const Division& division, unsigned part);

  /// With what its callers need declared.
  [[nodiscard]] const FunctionPlan& plan(ir::FunctionId id);
  /// The `pf_tool` of that number; there is one in all parts, by whose address the tool is known.
  llvm::Constant* tool(size_t number);
  [[nodiscard]] bool has(const FunctionPlan& plan) const { return plan.part == part; }
  /// Whether an invoke of `callee` may come back later.
  [[nodiscard]] bool suspends(const ir::Callee& callee) const;

  const ir::Module& source;
  const SourceMap& sources;
  const Options& options;
  const unsigned part;
  const PartKind kind;
  const bool alone;  ///< there is no other part
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

/// Of what each part that uses it has, the executable has one.
void share(llvm::GlobalVariable& made, const std::string& name);
/// Lets other parts of the program use it by its name.
void open_to_parts(llvm::GlobalValue& value);

}  // namespace pflow::codegen
