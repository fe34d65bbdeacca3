/// What lowering the expressions of one function shares: the block being built, the
/// slots of keys, what is piped. Ops go to the current block; control inside an
/// expression makes blocks, and what crosses them goes through slots. Logic is in free
/// functions over it, a file a family.
#pragma once

#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

#include "frontend/lower/expr/key_slots.h"
#include "frontend/lower/module/module_context.h"
#include "ir/builder.h"

namespace pflow::lowering {

class ExprContext;

/// An expression of any kind, where one holds others; expr_lowering.h has the rules.
struct ExprRules {
  ir::ValueId (*lower)(ExprContext&, const ast::Expr&);
  ir::ValueId (*lower_as)(ExprContext&, const ast::Expr&, ir::TypeId);
};

class ExprContext {
 public:
  ExprContext(ModuleContext& module, ir::Builder& builder, std::string function,
              const ExprRules& rules)
      : module(module),
        program(module.program()),
        types(module.types()),
        builder(builder),
        function(std::move(function)),
        keys(module, builder),
        rules(rules) {}

  /// The value of `expr`, converted to what the checks want; invalid when it has
  /// none or never ends.
  ir::ValueId lower(const ast::Expr& expr) { return rules.lower(*this, expr); }
  /// The same as `to`.
  ir::ValueId lower_as(const ast::Expr& expr, ir::TypeId to) {
    return rules.lower_as(*this, expr, to);
  }
  ir::ValueId convert(ir::ValueId value, ir::TypeId to);

  /// What the call stage binds for `>>`.
  void set_piped(ir::ValueId value, std::vector<const ast::CallExpr*> by_way_of = {}) {
    piped = value;
    deferred = std::move(by_way_of);
  }

  [[nodiscard]] ir::TypeId type_of(const ast::Expr& expr) const {
    return program.expr_types[expr.id.index];
  }
  [[nodiscard]] ir::TypeId element(ir::TypeId type) const { return types.get(type).element; }
  [[nodiscard]] bool is(ir::TypeId type, ir::TypeKind kind) const { return types.is(type, kind); }

  ModuleContext& module;
  const sema::Program& program;
  ir::TypeTable& types;
  ir::Builder& builder;
  const std::string function;  ///< of the program, for the ids of sites
  KeySlots keys;
  const ExprRules& rules;
  ir::ValueId piped;  ///< what `>>` brings to the stage in hand …
  /// … by way of these calls of map, filter and flat_map, which are not yet carried out.
  std::vector<const ast::CallExpr*> deferred;
  std::unordered_map<const ast::Expr*, ir::ValueId> evaluated;  ///< receivers of calls in hand
};

}  // namespace pflow::lowering
