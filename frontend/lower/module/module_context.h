/// What the lowering of every function shares: the module being made, and what its ids
/// are for the program's callables and schemas.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "frontend/lower/module/key_uses.h"
#include "frontend/lower/module/watched.h"
#include "frontend/sema/checked.h"
#include "ir/ir.h"
#include "support/interner.h"
#include "support/source.h"

namespace pflow::lowering {

class ModuleContext {
 public:
  ModuleContext(const sema::Checked& checked, const SourceMap& sources, const Interner& names,
                ir::TypeTable& types);

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

  /// What tests stub or count.
  [[nodiscard]] const Watched& watched() const { return watched_; }
  /// What a stub gives belongs to its test: no result of a program with stubs is kept.
  [[nodiscard]] bool keeps_nothing() const {
    return !program_.entry.valid() && !program_.stubs.empty();
  }
  /// The flow that runs the stub in force for such calls: it takes their ports and the number of
  /// the try, and gives their outputs. flow/stubs.h has the rule.
  ir::FunctionId stub_flow(const sema::CallInfo& call);
  using StubRule = ir::FunctionId (*)(ModuleContext&, const sema::CallInfo&);
  void set_stub_rule(StubRule rule) { stub_rule_ = rule; }

  /// The module as it is so far.
  [[nodiscard]] ir::Module& made() { return module_; }
  /// A further function of the module.
  ir::FunctionId add(ir::Function function);
  /// `name`, with a number when a function of this name was added before.
  std::string fresh_name(const std::string& name);
  [[nodiscard]] const ir::Function& function(ir::FunctionId id) const {
    return module_.function(id);
  }
  /// A site, its id with a number when there was one of this id before.
  ir::SiteId add(ir::Site site);

  /// The function that carries out a flow or function node; invalid when it is left out.
  [[nodiscard]] ir::FunctionId function_of(sema::CallableId callable) const {
    return callees_[callable.index].function;
  }
  /// What a call runs: of a generic node the one for the call's type arguments.
  ir::Callee callee(const sema::CallInfo& call);
  /// The node's NODE_scripted, which takes the text `answer` beside the node's ports.
  ir::NodeId scripted(const sema::CallInfo& call);
  /// Types of its ports and outputs, with the call's type arguments put in.
  [[nodiscard]] ir::TypeId port_type(const sema::CallInfo& call, size_t port) const;
  [[nodiscard]] ir::TypeId output_type(const sema::CallInfo& call, size_t output) const;

 private:
  void declare_bodies();
  void find_uses();
  ir::NodeId add_node(const sema::CallInfo& call);
  /// What a node has that another program carries out.
  void add_foreign(const sema::Callable& callable, ir::Node& node);
  [[nodiscard]] bool by_address(ir::TypeId declared) const;

  const sema::Program& program_;
  const SourceMap& sources_;
  const Interner& names_;
  ir::TypeTable& types_;
  ir::Module module_;
  std::vector<ir::Callee> callees_;  ///< by callable
  std::map<std::pair<uint32_t, std::vector<ir::TypeId>>, ir::NodeId> instances_;
  std::map<std::pair<uint32_t, std::vector<ir::TypeId>>, ir::NodeId> scripted_;
  std::map<std::pair<uint32_t, std::vector<ir::TypeId>>, ir::FunctionId> stub_flows_;
  StubRule stub_rule_ = nullptr;
  KeyUses uses_;
  Watched watched_;
  std::unordered_map<std::string, int> site_ids_;
  std::unordered_map<std::string, int> function_names_;
  std::unordered_map<std::string, int> foreign_names_;
};

}  // namespace pflow::lowering
