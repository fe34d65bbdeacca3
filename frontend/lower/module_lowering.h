/// What the lowering of every function shares: the module being made, and what
/// its ids are for the program's callables, schemas and sites.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "frontend/lower/flow/key_uses.h"
#include "frontend/sema/checked.h"
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
  /// Of a record type; null for a built-in one.
  [[nodiscard]] const ast::SchemaDecl* schema(ir::TypeId record) const;
  /// What all functions and flows of the program read and write.
  [[nodiscard]] const KeyUses& uses() const { return uses_; }
  /// Whether a flag beside the key says that it is set.
  [[nodiscard]] bool has_flag(sema::KeyId key) const {
    return program_.key(key).tested_unset && program_.key(key).kind != sema::KeyKind::Param;
  }

  /// A further function of the module.
  ir::FunctionId add(ir::Function function);
  /// `name`, with a number when a function of this name was added before.
  std::string fresh_name(const std::string& name);
  [[nodiscard]] const ir::Function& function(ir::FunctionId id) const {
    return module_.function(id);
  }

  /// What a call runs: of a generic node the one for the call's type arguments.
  ir::Callee callee(const sema::CallInfo& call);
  /// Types of its ports and outputs, with the call's type arguments put in.
  [[nodiscard]] ir::TypeId port_type(const sema::CallInfo& call, size_t port) const;
  [[nodiscard]] ir::TypeId output_type(const sema::CallInfo& call, size_t output) const;
  /// A site of `flow`; the id is made of the label, else of the callee and the
  /// source of the arguments.
  ir::SiteId site(std::string_view flow, std::string_view label, const sema::CallInfo& call,
                  Span span);
  /// The site of a block form, whose id is made of the label, else of `what`.
  ir::SiteId site(std::string_view flow, std::string_view label, std::string_view what, Span span);

 private:
  void declare_bodies();
  void find_uses();
  ir::NodeId add_node(const sema::CallInfo& call);
  [[nodiscard]] bool by_address(ir::TypeId declared) const;
  ir::SiteId add_site(ir::Site site);
  void lower_entry();
  void lower_tests();
  void lower_field_defaults();
  ir::FunctionId lower_default(const std::string& name, const ast::Expr& value, ir::TypeId type);

  const sema::Program& program_;
  const SourceMap& sources_;
  const Interner& names_;
  ir::TypeTable& types_;
  ir::Module module_;
  std::vector<ir::Callee> callees_;  ///< by callable
  std::map<std::pair<uint32_t, std::vector<ir::TypeId>>, ir::NodeId> instances_;
  KeyUses uses_;
  std::unordered_map<std::string, int> site_ids_;
  std::unordered_map<std::string, int> function_names_;
};

}  // namespace pflow
