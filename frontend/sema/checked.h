/// What the checks learn about a program: the contract between sema/ and
/// lower/. The tree itself is not changed. Valid for lowering only when no
/// error was reported.
#pragma once

#include <deque>
#include <memory>
#include <string>
#include <unordered_map>
#include <vector>

#include "frontend/ast/ast.h"
#include "frontend/packages/manifest.h"
#include "frontend/packages/places.h"
#include "frontend/sema/files/visible_names.h"
#include "ir/policies.h"
#include "ir/types.h"

namespace pflow::sema {

using KeyId = Id<struct KeyTag>;            ///< one slot of a flow, function or lambda
using CallableId = Id<struct CallableTag>;  ///< extern node, function node or flow

enum class KeyKind : uint8_t {
  Param,    ///< parameter of a flow or function node
  Let,      ///< `let`, also inside an expression block
  Bound,    ///< made by `-> key`
  Output,   ///< a stage's output port, read by its natural name or as label.port
  Lambda,   ///< parameter of a lambda
  Error,    ///< `error` on an error edge: `ir::TypeTable::error_record`
  Item,     ///< the item of `each` or of `repeat … in`
  Variant,  ///< bound by a pattern of `match`
};

struct Key {
  KeyKind kind;
  Symbol name;
  ir::TypeId type;
  Span span;
  /// Read by `key ?? e` where it may be unset: lowering keeps a flag beside it.
  bool tested_unset = false;
};

struct PortInfo {
  Symbol name;
  ir::TypeId type;
  const ast::Expr* default_value = nullptr;  ///< a constant expression: sees no key
  bool takes_any = false;   ///< declared `display`: any value that can be interpolated, as its text
  bool is_regex = false;    ///< declared `regex`: a str, of which a literal is checked
  bool is_type = false;     ///< takes a type: `schema: type T = str`; `type` is the parameter T …
  ir::TypeId default_type;  ///< … and what that is when no argument says it
  std::string_view doc;
  Span span;
};

enum class CallableKind : uint8_t { Extern, Function, Flow };

struct Callable {
  CallableKind kind;
  Symbol name;
  const ast::Decl* decl;
  std::vector<PortInfo> ports;
  std::vector<PortInfo> outputs;
  int in_port = -1;                     ///< index of the `in` port
  int out_port = -1;                    ///< index of the output that `>>` passes on
  ast::Attributes attributes;           ///< of an extern node
  std::string module;                   ///< of an extern node: `files`, `text`, …
  std::vector<std::string> foreign;     ///< of one with `by`: its texts, and what files say of them
  std::vector<KeyId> params;            ///< of a function or flow: one key a port
  std::vector<ir::TypeId> type_params;  ///< of a generic extern node; its ports may hold them
  /// Of the flow `run` of a type `call(…)`, which has no body: what each variant calls.
  std::vector<CallableId> runs;
};

/// What the compiler itself implements. `Len`, `Abs` and the like are overloaded
/// on their first argument's type; `Map` and the like take a lambda or a name.
enum class Builtin : uint8_t {
  None,
  Choose,
  Fail,
  Map,
  Filter,
  Fold,
  FlatMap,
  SortBy,
  GroupBy,
  CountBy,
  SumBy,
  Top,
  Any,
  All,
  Count,
  Len,
  Slice,
  Str,
  Int,
  Float,
  Abs,
  Clamp,
  As,       ///< `x.as(T)` of json: the type is CallInfo::type_arguments[0]
  Collect,  ///< stream to list
  Json,     ///< of a literal, with all that stands in it
  Calls,    ///< how often Program::counted was called
};

enum class ArgumentSource : uint8_t {
  Expr,     ///< `expr` (for a method call's receiver too)
  Piped,    ///< what `>>` brings
  Key,      ///< `key`, by rule (2)
  Default,  ///< the port's default expression
};

struct BoundArgument {
  ArgumentSource source = ArgumentSource::Default;
  const ast::Expr* expr = nullptr;  ///< Expr, Default; null for an open end of `slice`
  KeyId key;                        ///< Key
  ir::TypeId from;                  ///< the value's own type, before conversion to the port's
};

/// How a CallExpr is carried out. One argument a port, in port order; for a
/// builtin in the order of its documented parameters.
struct CallInfo {
  CallableId callee;  ///< none for a builtin
  Builtin builtin = Builtin::None;
  std::vector<BoundArgument> arguments;  ///< of a port that takes a type: without a value
  /// Of a generic node: its type arguments, and its ports and outputs with these put in
  /// (else empty: they are the callable's).
  std::vector<ir::TypeId> type_arguments, ports, outputs;
};

/// Where an argument of map, filter, fold or sort_by comes from: a LambdaExpr's
/// parameters, (callee set) a node named in its place, or (lambda set) the lambda
/// that a named builtin or generic node stands for: `str` is `x => x.str()`.
struct FunctionArgument {
  std::vector<KeyId> params;
  CallableId callee;
  const ast::LambdaExpr* lambda = nullptr;
};

/// What stands for a node or flow from `at` on until its test ends.
struct Stub {
  static constexpr int kAttempt = -1;
  const ast::StubStatement* at;
  CallableId test;
  CallableId target;
  CallableId replacement;  ///< a flow or node; none: a lambda, whose
  std::vector<int> ports;  ///< parameters are these ports, or kAttempt, and whose
  ir::TypeId value;        ///< value this is
};

/// A node or flow that stands as a value of type `tool`.
struct ToolUse {
  const ast::Expr* at;
  CallInfo call;     ///< of all its ports
  ir::TypeId input;  ///< the record of its ports
};

/// A flow that a serving executable offers to others.
struct ServedFlow {
  CallInfo call;     ///< of all its ports
  ir::TypeId input;  ///< the record of its ports
};

/// A loader of fragments of an imported package.
struct PackageLoader {
  std::string prefix;
  CallInfo call;     ///< of all its ports
  ir::TypeId input;  ///< the record of its ports
};

/// One hole of a `cmd` template, in order of appearance.
struct CmdHole {
  bool begins_word = false;    ///< a value that starts with `-` must be refused …
  bool after_dashes = false;   ///< … unless a literal `--` stands before it
  bool is_parameters = false;  ///< a list that may be all positional parameters of the script
};

/// One interpolation of a `url` template, in order of appearance.
enum class UrlHole : uint8_t { Base, Path, Query, Fragment };

/// What a pattern of kind Variant means.
struct VariantPattern {
  size_t variant = 0;  ///< index in the sum type's variants
  KeyId binding;       ///< none without
};

/// A policy of a stage, checked: its value has the type that ir::policy_type says.
/// `on_error` is StageInfo::skips_items, too; `fallback` sees StageInfo::fallback_error;
/// `max` is StageInfo::max_visits alone.
struct StagePolicy {
  ir::Policy kind;
  const ast::Expr* value;
};

/// A stage's write of one output port to one key.
struct StageWrite {
  int port = 0;  ///< index into the callee's outputs; 0 for a value stage or block
  KeyId key;
};

struct Transition {
  std::string action;  ///< `_` is expanded: one entry per action that it takes
  const ast::TransitionStatement* statement;
};

struct StageInfo {
  const ast::Stage* stage = nullptr;
  std::vector<std::string> actions;     ///< that it can end with, without error and limit
  std::vector<Transition> transitions;  ///< with error and limit when the flow handles them
  std::vector<StageWrite> writes;
  ir::TypeId value;         ///< what it passes on; void without
  ir::TypeId piped;         ///< type of the value that `>>` brings, void when first
  bool value_used = false;  ///< someone takes the value
  int64_t max_visits = -1;  ///< bound on visits: set for labelled stages that a jump reaches …
  const ast::Expr* max = nullptr;  ///< … unless this says it, at each visit
  ast::StageId jump;               ///< a last stage that is a label: the stage jumped to …
  bool jump_feeds = false;         ///< … and whether it takes the piped value
  bool is_jump_target = false;
  KeyId error_key;  ///< of this stage's error transition
  /// As written; a node's own `retries` has no value here (Attributes::retries).
  std::vector<StagePolicy> policies;
  KeyId fallback_error;         ///< `error` in the fallback
  bool skips_items = false;     ///< `each` with `on_error: skip`
  bool optional_items = false;  ///< `each` with `fallback: none`: gives `[T?]`
  KeyId item;                   ///< of `each` and `repeat … in`
  bool over_stream = false;     ///< `each` or `repeat` over a stream
};

/// A scope with a store: a flow or a function node.
struct Body {
  CallableId callable;
  std::vector<KeyId> keys;          ///< all of them, lambdas' and lets' too
  std::vector<KeyId> result_keys;   ///< of `-> key` and `-> (a, b)`
  std::vector<ir::TypeId> results;  ///< types of the results; empty: no value
};

/// A whole checked program.
struct Program {
  std::vector<const ast::File*> files;
  std::vector<Key> keys;
  std::vector<Callable> callables;
  std::vector<Body> bodies;       ///< functions and flows, in source order
  CallableId entry;               ///< none for an interface or a file of tests
  std::vector<CallableId> tests;  ///< of the program's own file; flows whose decl is a TestDecl

  // Indexed by ExprId.
  // A NameExpr whose key is a `T?` and whose type is `T`, and a FieldExpr whose
  // field is one, stand where a test for `none` has shown that it is set.
  // A map, list or scalar that `json` is wanted of has its own type here.
  std::vector<ir::TypeId> expr_types;   ///< the type of the expression itself
  std::vector<ir::TypeId> expr_wanted;  ///< what it is converted to; none when as it is
  std::vector<ir::TypeId> expr_asked;   ///< what its place asks for; none when nothing
  std::vector<KeyId> expr_keys;         ///< NameExpr and label.port FieldExpr: the key read

  // Indexed by StageId.
  std::vector<StageInfo> stages;

  std::unordered_map<ast::ExprId, CallInfo> calls;
  std::unordered_map<ast::ExprId, FunctionArgument> functions;
  std::unordered_map<ast::ExprId, ToolUse> tools;
  std::vector<ServedFlow> served;  ///< in the order of the file; none unless asked for
  std::vector<PackageLoader> loaders;
  std::vector<Stub> stubs;
  std::unordered_map<ast::ExprId, CallableId> counted;              ///< by `calls(f)`
  std::unordered_map<ast::ExprId, std::vector<CmdHole>> cmd_holes;  ///< TemplateExpr as cmd
  std::unordered_map<ast::ExprId, std::vector<UrlHole>> url_holes;  ///< TemplateExpr as url
  std::unordered_map<const ast::Pattern*, VariantPattern> variants;
  std::unordered_map<const ast::OnErrorStatement*, KeyId> on_errors;  ///< `error` in it
  /// Of every record type: where the defaults of its fields stand.
  std::unordered_map<ir::TypeId, const ast::SchemaDecl*> schemas;
  /// Records of the ports of a node or flow.
  std::unordered_map<ir::TypeId, CallableId> call_records;
  std::unordered_map<const ast::LetBinding*, KeyId> lets;
  std::unordered_map<const ast::AssignStatement*, KeyId> assigns;

  [[nodiscard]] const Key& key(KeyId id) const { return keys[id.index]; }
  [[nodiscard]] const Callable& callable(CallableId id) const { return callables[id.index]; }
  [[nodiscard]] const StageInfo& stage(ast::StageId id) const { return stages[id.index]; }
};

/// A package that the program, or a package of it, imports.
struct ImportedPackage {
  packages::Manifest manifest;
  packages::PackageFolder folder;
  Span imported;  ///< where it is named first
};

/// A checked program with what keeps its tree alive.
struct Checked {
  std::vector<std::unique_ptr<ast::File>> files;  ///< the program, what it imports, interfaces
  VisibleNames visible;                           ///< what names mean in each of them
  std::unordered_map<const ast::Import*, FileId> imported;  ///< the file that each import brings
  std::deque<ImportedPackage> packages;                     ///< in the order of their imports
  /// What each of them has to call; not of one with errors.
  std::unordered_map<const ImportedPackage*, const ast::File*> interfaces;
  /// Of the files of packages: whose they are.
  std::unordered_map<FileId, const ImportedPackage*> package_of;
  Program program;
};

}  // namespace pflow::sema
