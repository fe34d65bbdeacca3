/// What the passes of the checks share: the program being filled in, the names
/// of the file and the state of what is inferred on demand. Logic is in free
/// functions over it, a file a subject.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "frontend/sema/checked.h"
#include "frontend/sema/files/node_registry.h"
#include "frontend/sema/flow/flow_graph.h"
#include "frontend/sema/owner_file.h"
#include "support/diagnostics.h"
#include "support/file_system.h"

namespace pflow::sema {

/// How far something that is inferred on demand has come.
enum class Progress : uint8_t { Unknown, Running, Known };

/// A schema or alias.
struct TypeName {
  const ast::Decl* decl = nullptr;
  ir::TypeId type;  ///< a schema's from the start, an alias's when resolved
  Progress progress = Progress::Unknown;
};

/// A key of a flow's store and what first sets it.
struct StoreKey {
  KeyId id;
  Progress progress = Progress::Unknown;
  const ast::TypeExpr* annotation = nullptr;  ///< of its `let` or of the flow's results
  const ast::LetStatement* let = nullptr;     ///< first setter: a `let` …
  const ast::Stage* stage = nullptr;          ///< … or `-> key` of a stage …
  int binding = 0;                            ///< … which of its bindings
  struct Scope* scope = nullptr;              ///< that has it
};

/// A key, or the fields from one on, that a test has shown to be set.
struct Narrowed {
  KeyId key;
  std::vector<Symbol> path;
  ir::TypeId type; /**< without its `?` */
};

/// The keys of a scope, and those that it sees of the scopes around it.
class KeyStore {
 public:
  using Entry = std::pair<const Symbol, StoreKey>;

  void set_outer(KeyStore* outer) { outer_ = outer; }
  /// Null, which is `end()`, when no scope has the key.
  [[nodiscard]] Entry* find(Symbol name) {
    for (KeyStore* at = this; at != nullptr; at = at->outer_)
      if (auto found = at->own_.find(name); found != at->own_.end()) return &*found;
    return nullptr;
  }
  [[nodiscard]] const Entry* find(Symbol name) const {
    return const_cast<KeyStore*>(this)->find(name);
  }
  [[nodiscard]] static Entry* end() { return nullptr; }
  [[nodiscard]] bool contains(Symbol name) const { return find(name) != nullptr; }
  [[nodiscard]] bool owns(Symbol name) const { return own_.contains(name); }
  [[nodiscard]] StoreKey& at(Symbol name) { return find(name)->second; }
  /// The scope's own entry.
  std::pair<Entry*, bool> try_emplace(Symbol name) {
    auto [at, fresh] = own_.try_emplace(name);
    return {&*at, fresh};
  }

 private:
  std::unordered_map<Symbol, StoreKey> own_;
  KeyStore* outer_ = nullptr;
};

/// What is known in a region of a flow (flow_graph.h): what a pattern or form binds,
/// and what its condition shows to be set.
struct RegionFacts {
  Progress progress = Progress::Unknown;
  std::vector<KeyId> locals;
  std::vector<Narrowed> narrowed;
};

/// The scope of one flow or function node, or of the body of an `each` in a flow.
struct Scope {
  CallableId callable;
  size_t body = 0;                      ///< index in Program::bodies
  const ast::FlowDecl* flow = nullptr;  ///< a flow …
  const ast::NodeDecl* node = nullptr;  ///< … or a function node
  const ast::Stage* each = nullptr;     ///< of the body of an `each`
  Scope* outer = nullptr;               ///< of that: the scope around it
  std::shared_ptr<FlowGraph> graph;     ///< of a flow, shared by all its scopes
  KeyStore store;
  std::vector<Symbol> store_order;  ///< its own keys in source order
  std::unordered_map<Symbol, Span> labels;
  std::unordered_map<uint64_t, KeyId> outputs;  ///< by stage and port: natural names, label.port
  std::unordered_map<const ast::Statement*, KeyId> error_keys;  ///< in error transitions
  std::vector<std::unique_ptr<Scope>> bodies;                   ///< of `each` directly in it
  std::unordered_map<uint32_t, RegionFacts> facts;              ///< of a flow, by region
  bool body_checked = false;                                    ///< begun or done
  Progress result = Progress::Unknown;                          ///< inference of the value
  Span recursion;  ///< a call that needed the value while it was inferred
};

struct Context;
struct Env;
struct Expect;

/// What is asked for on demand and may lead anywhere: a unit that asks lies below the one
/// that knows. sema.cpp, above all, sets these.
struct Rules {
  /// The own type of an expression of any kind (exprs/expr_forms.h); asked by `check_expr`.
  ir::TypeId (*check_expr)(Env&, const ast::Expr&, Expect);
  /// Checks a stage of any kind (stages/stages.h); asked by `Context::check_stage`.
  void (*check_stage)(Context&, Scope&, const ast::Stage&);
  /// What a key's first setter makes it (stages/stages.h); asked by `key_type`.
  ir::TypeId (*setter_type)(Context&, const StoreKey&);
};

/// Where a stage stands.
struct StagePlace {
  Scope* scope = nullptr;
  const ast::Stage* previous = nullptr;  ///< left of it in its chain
  KeyId error_key;                       ///< in the chain of an `error` transition
  Progress progress = Progress::Unknown;
};

/// A type `call(…)`.
struct CallType {
  const ast::TypeExpr* written;
  ir::TypeId type;  ///< the sum of the calls
};

struct Context {
  FileSystem& files;
  SourceMap& sources;
  Interner& names;
  ir::TypeTable& types;
  Diagnostics& diagnostics;
  Checked& checked;
  const NodeRegistry& registry;
  const packages::Places& places;
  const Rules& rules;
  std::string_view aliases_problem = {};  ///< why the user's own names are not known
  Program& program = checked.program;

  VisibleNames& visible = checked.visible;
  std::unordered_map<uint32_t, std::string_view> import_names = {};  ///< of files, by FileId
  std::unordered_map<const ast::Decl*, TypeName> type_names = {};
  std::unordered_map<Symbol, ir::TypeId> type_params = {};  ///< of the node being declared
  std::unordered_map<const ast::Decl*, CallableId> callables = {};
  std::vector<std::unique_ptr<Scope>> scopes = {};  ///< by callable; null for extern nodes
  std::vector<StagePlace> stage_places = {};        ///< by StageId
  std::unordered_map<const ast::Statement*, ir::TypeId> statement_types = {};  ///< those checked
  std::unordered_map<const ast::Stage*, Scope*> each_scopes = {};
  std::unordered_map<const ast::Decl*, ir::TypeId> call_records = {};  ///< of callables' ports
  std::vector<CallType> call_types = {};
  std::unordered_map<ir::TypeId, CallableId> runners = {};      ///< of call types: their flow `run`
  std::unordered_map<std::string, OwnerFile> owner_files = {};  ///< by path

  [[nodiscard]] std::string_view text(Symbol name) const { return names.text(name); }
  [[nodiscard]] std::string type_text(ir::TypeId type) const { return types.shown(type); }

  /// The schema or alias that the name means where it stands, or null.
  [[nodiscard]] TypeName* type_name(const ast::Name& name) {
    auto found = type_names.find(visible.type(name.symbol, name.span.file));
    return found == type_names.end() ? nullptr : &found->second;
  }
  /// The node or flow that the name means where it stands, or none.
  [[nodiscard]] CallableId callable(const ast::Name& name) const {
    auto found = callables.find(visible.callable(name.symbol, name.span.file));
    return found == callables.end() ? CallableId() : found->second;
  }

  /// Checks a stage, and those left of it in its chain, when that is not done.
  void check_stage(Scope& scope, const ast::Stage& stage) {
    rules.check_stage(*this, scope, stage);
  }

  KeyId add_key(Key key) {
    program.keys.push_back(key);
    return KeyId(program.keys.size() - 1);
  }
};

/// An expression's surroundings: what its names mean and what may stand in it.
struct Env {
  Context& ctx;
  Scope* scope = nullptr;                        ///< null: a constant expression, which sees no key
  FlowNodeId at = {};                            ///< in a flow: where it is evaluated
  KeyId error_key = {};                          ///< what `error` means
  const ast::LetStatement* let = nullptr;        ///< the `let` whose value this is
  const ast::AssignStatement* assign = nullptr;  ///< the assignment whose value this is
  const ast::BinaryExpr* coalesce = nullptr;     ///< the `??` whose left side this is
  std::vector<KeyId> locals = {};       ///< lambda parameters and lets of blocks, innermost last
  std::vector<Narrowed> narrowed = {};  ///< known not to be none
};

/// What the place of an expression asks for.
struct Expect {
  ir::TypeId type = {};  ///< none: nothing
  bool literal = false;  ///< a literal keeps its literal type (`choose`)
  bool lenient = false;  ///< a literal that is not in the union wanted is a `str`
};

/// Why a type is wanted: the second place of a mismatch.
struct Reason {
  Span span = {};
  std::string text = {};
};

}  // namespace pflow::sema
