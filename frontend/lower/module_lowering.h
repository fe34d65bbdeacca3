/// What the lowering of every function shares: the module being made, and what
/// its ids are for the program's callables, schemas and sites.
#pragma once

#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "frontend/sema/sema.h"
#include "ir/ir.h"

namespace pflow {

class ModuleLowering {
 public:
  ModuleLowering(const sema::Checked& checked, const SourceMap& sources, const Interner& names,
                 ir::TypeTable& types);

  ir::Module run();

  [[nodiscard]] const sema::Program& program() const { return program_; }
  [[nodiscard]] ir::TypeTable& types() const { return types_; }
  [[nodiscard]] std::string_view text(Symbol symbol) const { return names_.text(symbol); }
  [[nodiscard]] std::string_view source(Span span) const { return sources_.text(span); }
  [[nodiscard]] const ast::SchemaDecl* schema(std::string_view name) const;
  /// Whether the body assigns the key after it got its first value.
  [[nodiscard]] bool is_assigned(sema::KeyId key) const { return assigned_[key.index]; }

  ir::Callee callee(sema::CallableId id);
  /// A site of `flow`; the id is made of the label, else of the callee and the
  /// source of the arguments.
  ir::SiteId site(std::string_view flow, std::string_view label, sema::CallableId callee,
                  const sema::CallInfo& info, Span span);

 private:
  void declare_bodies();
  void find_assigned_keys();
  ir::NodeId add_node(const sema::Callable& callable);
  void lower_entry();
  ir::FunctionId lower_default(const std::string& name, const sema::PortInfo& port);

  const sema::Program& program_;
  const SourceMap& sources_;
  const Interner& names_;
  ir::TypeTable& types_;
  ir::Module module_;
  std::vector<ir::Callee> callees_;  ///< by callable
  std::vector<bool> assigned_;       ///< by key
  std::unordered_map<std::string_view, const ast::SchemaDecl*> schemas_;
  std::unordered_map<std::string, int> site_ids_;
};

}  // namespace pflow
