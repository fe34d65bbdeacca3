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
#include "frontend/sema/flow/flow_graph.h"
#include "frontend/sema/node_registry.h"
#include "frontend/sema/sema.h"

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
};

/// The scope of one flow or function node.
struct Scope {
  CallableId callable;
  size_t body = 0;                      ///< index in Program::bodies
  const ast::FlowDecl* flow = nullptr;  ///< a flow …
  const ast::NodeDecl* node = nullptr;  ///< … or a function node
  std::unique_ptr<FlowGraph> graph;     ///< of a flow
  std::unordered_map<Symbol, StoreKey> store;
  std::vector<Symbol> store_order;  ///< keys in source order
  std::unordered_map<Symbol, Span> labels;
  std::unordered_map<uint64_t, KeyId> outputs;  ///< by stage and port: natural names, label.port
  std::unordered_map<const ast::Statement*, KeyId> error_keys;  ///< in error transitions
  bool body_checked = false;                                    ///< begun or done
  Progress result = Progress::Unknown;                          ///< inference of the value
  Span recursion;  ///< a call that needed the value while it was inferred
};

/// Where a stage stands.
struct StagePlace {
  Scope* scope = nullptr;
  const ast::Stage* previous = nullptr;  ///< left of it in its chain
  KeyId error_key;                       ///< in the chain of an `error` transition
  Progress progress = Progress::Unknown;
};

struct Context {
  SourceMap& sources;
  Interner& names;
  ir::TypeTable& types;
  Diagnostics& diagnostics;
  Checked& checked;
  const NodeRegistry& registry;
  Program& program = checked.program;

  std::unordered_map<Symbol, TypeName> type_names = {};
  std::unordered_map<Symbol, ir::TypeId> type_params = {};  ///< of the node being declared
  std::unordered_map<Symbol, CallableId> callables = {};
  std::vector<std::unique_ptr<Scope>> scopes = {};  ///< by callable; null for extern nodes
  std::vector<StagePlace> stage_places = {};        ///< by StageId
  std::unordered_map<const ast::Statement*, ir::TypeId> statement_types = {};  ///< those checked

  [[nodiscard]] std::string_view text(Symbol name) const { return names.text(name); }
  [[nodiscard]] std::string type_text(ir::TypeId type) const { return types.name(type); }

  KeyId add_key(Key key) {
    program.keys.push_back(key);
    return KeyId(program.keys.size() - 1);
  }
};

/// A key, or the fields from one on, that a test has shown to be set.
struct Narrowed {
  KeyId key;
  std::vector<Symbol> path;
  ir::TypeId type; /**< without its `?` */
};

/// An expression's surroundings: what its names mean and what may stand in it.
struct Env {
  Context& ctx;
  Scope* scope = nullptr;                  ///< null: a constant expression, which sees no key
  FlowNodeId at = {};                      ///< in a flow: where it is evaluated
  KeyId error_key = {};                    ///< what `error` means
  const ast::LetStatement* let = nullptr;  ///< the `let` whose value this is
  std::vector<KeyId> locals = {};          ///< lambda parameters and lets of blocks, innermost last
  std::vector<Narrowed> narrowed = {};     ///< known not to be none
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
