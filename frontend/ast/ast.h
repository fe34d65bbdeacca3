/// The abstract syntax tree: plain structs by kind, in one arena, read-only
/// after parsing. What the checks learn is kept beside it (frontend/sema/checked.h),
/// indexed by the dense ids of expressions, stages and flows.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "support/arena.h"
#include "support/interner.h"
#include "support/source.h"

namespace pflow::ast {

using ExprId = Id<struct ExprTag>;
using StageId = Id<struct StageTag>;

struct Expr;
struct Stage;
struct Block;

/// A name where it stands.
struct Name {
  Symbol symbol;
  Span span;
};

// ---- types -----------------------------------------------------------------

/// `map<T>`, `stream<T>` and `Pair<A, B>` are Named with parts.
enum class TypeExprKind : uint8_t { Named, List, Opt, Union, Literal, Calls };

struct TypeExpr {
  TypeExprKind kind;
  Span span;
  Symbol module;                     ///< Named: `notes` of `notes.Entry`, or none
  Symbol name;                       ///< Named: built-in word, schema, alias or type parameter
  std::string_view literal;          ///< Literal: the decoded text
  std::span<TypeExpr* const> parts;  ///< List, Opt: one; Union: two or more; Named: in `< >`;
                                     ///< Calls: nodes and flows, Named
};

// ---- expressions -----------------------------------------------------------

enum class ExprKind : uint8_t {
  Error,  ///< already reported
  Int,
  Float,
  Bool,
  None,
  Duration,
  Template,
  Name,
  Field,
  Index,
  Slice,
  Call,
  Lambda,
  Unary,
  Binary,
  If,
  Match,
  Block,
  Record,
  Map,
  List,
};

struct Expr {
  ExprKind kind;
  ExprId id;
  Span span;
};

struct ErrorExpr : Expr {};
struct IntExpr : Expr {
  int64_t value;
};
struct FloatExpr : Expr {
  double value;
};
struct BoolExpr : Expr {
  bool value;
};
struct NoneExpr : Expr {};
struct DurationExpr : Expr {
  int64_t nanoseconds;
};

/// One piece of a template: decoded literal text, or an interpolation.
struct TemplatePart {
  std::string_view text;  ///< when `value` is null
  const Expr* value = nullptr;
  Span span;  ///< source of the piece; of the whole `${…}` for a value
};

/// Any string literal. Without interpolations it has at most one part.
struct TemplateExpr : Expr {
  std::span<const TemplatePart> parts;
  bool raw;    ///< r"…"
  bool block;  ///< """…"""
  [[nodiscard]] bool is_literal() const {
    return parts.empty() || (parts.size() == 1 && parts[0].value == nullptr);
  }
  [[nodiscard]] std::string_view literal() const { return parts.empty() ? "" : parts[0].text; }
};

struct NameExpr : Expr {
  Symbol name;  ///< `notes.f`, too, where the file has an import `as notes`
};
struct FieldExpr : Expr {
  const Expr* base;
  Name field;
  bool optional; /**< `?.` */
};
struct IndexExpr : Expr {
  const Expr* base;
  const Expr* index;
  bool optional;
};
/// `a[i:j]`; either end may be null.
struct SliceExpr : Expr {
  const Expr* base;
  const Expr* from;
  const Expr* to;
};

/// `value` or `name: value`; `type` is set instead when only a type can stand there.
struct Argument {
  Symbol name;  ///< none when positional
  Span span;
  Span name_span;
  const Expr* value = nullptr;
  const TypeExpr* type = nullptr;
};
/// `f(a, n: b)` and, with a FieldExpr as callee, `x.f(a)`.
struct CallExpr : Expr {
  const Expr* callee;
  std::span<const Argument> arguments;
  Span close;
};
struct LambdaExpr : Expr {
  std::span<const Name> params;
  const Expr* body;
};

enum class UnaryOp : uint8_t { Not, Negate };
struct UnaryExpr : Expr {
  UnaryOp op;
  const Expr* operand;
};

enum class BinaryOp : uint8_t {
  Or,
  And,
  Eq,
  Ne,
  Lt,
  Le,
  Gt,
  Ge,
  In,
  Coalesce,
  Add,
  Sub,
  Mul,
  Div,
  Rem,
};
struct BinaryExpr : Expr {
  BinaryOp op;
  const Expr* left;
  const Expr* right;
  Span op_span;
};

/// `if c {…} else {…}`: branches are blocks, `else if` nests as a block holding one If.
struct IfExpr : Expr {
  const Expr* condition;
  const Expr* then;
  const Expr* otherwise; /**< or null */
};

enum class PatternKind : uint8_t { Text, Int, Bool, None, Variant, Any };

/// One alternative of an arm of `match`: `"bug"`, `3`, `true`, `none`, `Search s`
/// (the binding may be missing), `_`.
struct Pattern {
  PatternKind kind;
  Span span;
  std::string_view text;  ///< Text: decoded
  int64_t integer = 0;    ///< Int, Bool
  Symbol module;          ///< Variant: `notes` of `notes.Search`, or none
  Name type;              ///< Variant
  bool is_call = false;   ///< Variant: `call search s`, where `type` is the node
  Name binding;           ///< Variant: symbol none without
};
/// An arm of a `match` that is an expression.
struct MatchArm {
  std::span<const Pattern> patterns;
  const Expr* value;
};
struct MatchExpr : Expr {
  const Expr* subject;
  std::span<const MatchArm> arms;
};

struct LetBinding {
  Name name;
  const TypeExpr* type; /**< or null */
  const Expr* value;
  Span span;
};
/// `{ let a = …; e }` inside an expression.
struct BlockExpr : Expr {
  std::span<const LetBinding> lets;
  const Expr* value;
};

struct FieldInit {
  Name name;
  const Expr* value;
};
/// `T { ...spread, f: v }`; in `{ ...spread, f: v }` the type's name is missing. A
/// copy without any entry, `{ ...x }`, is one of a record or of a map.
struct RecordExpr : Expr {
  Symbol module;  ///< `notes` of `notes.T { … }`, or none
  Name type;
  const Expr* spread;
  std::span<const FieldInit> fields;
};
struct MapEntry {
  const TemplateExpr* key;  ///< may hold interpolations
  const Expr* value;
};
/// `{ "k": v }`, `{ ...m, "k": v }`, `{}` where no body is required.
struct MapExpr : Expr {
  const Expr* spread; /**< or null */
  std::span<const MapEntry> entries;
};
struct ListExpr : Expr {
  std::span<const Expr* const> items;
};

// ---- statements and stages ---------------------------------------------------

/// Break and Continue leave the nearest `repeat` around them, or its round.
enum class StageKind : uint8_t { Expr, Block, End, Break, Continue, Par, Each, Repeat, If, Match };
constexpr bool only_leaves(StageKind kind) {
  return kind == StageKind::End || kind == StageKind::Break || kind == StageKind::Continue;
}

/// `each item { body }`.
struct EachForm {
  Name item;
  const Block* body;
};
/// `repeat { body } until e`, or with an item and a list `repeat item in list { body }`.
struct RepeatForm {
  Name item;         ///< symbol none in the first form
  const Expr* list;  ///< or null
  const Block* body;
  const Expr* until; /**< or null */
};
/// `if` as a stage; `else if` is a further arm.
struct IfForm {
  struct Arm {
    const Expr* condition;
    const Block* body;
  };
  std::span<const Arm> arms;
  const Block* otherwise; /**< or null */
};
/// `match` as a stage. An arm without braces is a body of one stage.
struct MatchForm {
  struct Arm {
    std::span<const Pattern> patterns;
    const Block* body;
    Span span;
  };
  const Expr* subject;
  std::span<const Arm> arms;
};

struct PolicyEntry {
  Name name;
  const Expr* value;
};
/// `-> key` has one entry without port; `-> { port: key }` has ports.
struct Binding {
  Name port;
  Name key;
};

struct Stage {
  StageKind kind;
  StageId id;
  Span span;           ///< with its suffixes
  const Expr* expr;    ///< Expr
  const Block* block;  ///< Block, Par (each statement is a branch)
  const EachForm* each = nullptr;
  const RepeatForm* repeat = nullptr;
  const IfForm* if_ = nullptr;
  const MatchForm* match = nullptr;
  std::span<const PolicyEntry> policies;
  Span policies_span;
  std::span<const Binding> bindings;
  bool binds_ports;  ///< `-> { … }`
  Name label;        ///< symbol none without `as`
  Span label_span;   ///< `as label`
};

struct Chain {
  std::span<Stage* const> stages;
  Span span;
};

enum class StatementKind : uint8_t {
  Let,
  Assign,
  Chain,
  Transition,
  Return,
  OnError,
  Assert,
  Stub
};

struct Statement {
  StatementKind kind;
  Span span;
};
struct LetStatement : Statement {
  LetBinding let;
};
struct AssignStatement : Statement {
  Name key;
  const Expr* value;
};
struct ChainStatement : Statement {
  Chain chain;
};
/// `label - "action" >> chain`; `any` for `_`.
struct TransitionStatement : Statement {
  Name label;
  std::string_view action;
  bool any;
  Span action_span;
  Chain chain;
};
struct ReturnStatement : Statement {
  const Expr* value;
};

/// `on error { … }`, in the statement list of a flow.
struct OnErrorStatement : Statement {
  const Block* body;
  Span head; /**< `on error` */
};
/// `assert condition, why`, in a test.
struct AssertStatement : Statement {
  const Expr* condition;
  const Expr* why; /**< or null */
};

/// `stub target = value`, in a test.
struct StubStatement : Statement {
  Name target;
  const Expr* value; /**< a lambda, or the name of a flow or node */
};

struct Block {
  std::span<Statement* const> statements;
  Span span;
};

// ---- declarations --------------------------------------------------------------

/// A port, parameter or output.
struct Port {
  Name name;
  const TypeExpr* type;                    ///< null where it may be left out (flow results)
  const Expr* default_value;               ///< or null
  bool is_type = false;                    ///< `schema: type T = str`: its argument is a type …
  const TypeExpr* default_type = nullptr;  ///< … and what it is when left out
  bool marked_in;
  bool marked_out;
  std::string_view doc;
  Span span;
};

enum class Effect : uint8_t {
  FsRead = 1,
  FsWrite = 2,
  Net = 4,
  Process = 8,
  Env = 16,
  Time = 32,
  Random = 64,
  Stdin = 128,
};

enum class DeclKind : uint8_t { Flow, Node, Extern, Schema, Alias, NodeAlias, Test };

struct Decl {
  DeclKind kind;
  Name name;
  Span span;
  std::string_view doc;
};

/// `flow f(params) -> results { body }`; a bare-chain file has one named `main`.
struct FlowDecl : Decl {
  std::span<const Port> params;
  std::span<const Port> results;  ///< names with optional types; empty: the flow's value
  Span results_span;
  const Block* body;
  bool bare;     ///< made of a bare chain
  bool durable;  ///< `durable flow`: a run that reaches it keeps a journal
};

/// `test "title" { body }`: a flow without parameters and results, whose name is
/// made of the title and is nobody's to call.
struct TestDecl : FlowDecl {
  std::string_view title;
};

/// `node f(ports) -> T = e`
struct NodeDecl : Decl {
  std::span<const Port> params;
  std::span<const Port> outputs;  ///< at most one; its name may be missing
  const Expr* body;
};

struct Attributes {
  bool pure = false;
  bool async = false;
  bool blocking = false;
  bool preflight = false;   ///< the package has NODE_preflight (abi.h)
  bool settings = false;    ///< the package has NODE_settings (abi.h)
  bool scripted = false;    ///< the package has NODE_scripted (abi.h)
  bool offline = false;     ///< the package has NODE_offline (abi.h)
  bool repeatable = false;  ///< the package has NODE_repeatable (abi.h)
  bool loaders = false;     ///< it asks the loaders of packages (pflow/packages.h)
  int64_t version = 1;      ///< `version(n)`: of what it gives for the same arguments
  int64_t retries = 0;      ///< `retries(n)`: the policy of calls that state none
  uint16_t effects = 0;     ///< bits of Effect; `stdout` is kStdout
  std::span<const std::string_view> actions;
  std::span<const std::string_view> errors;  ///< `errors(io)`: the kinds that it fails with
  std::span<const std::string_view> keys;    ///< `keys("slack")`: those that it needs
  static constexpr uint16_t kStdout = 256;
};
struct ForeignKind;
/// `by exec("python3", "embed.py", processes: 2)`
struct Foreign {
  const ForeignKind* kind;  ///< foreign_kinds.h
  std::span<const std::string_view> words;
  std::span<const int64_t> options;  ///< one for each of the kind's
  Span span;
};
/// `extern node f(ports) -> (outputs)` of a package, `node f(ports) -> T by exec(…)` of a program.
struct ExternDecl : Decl {
  const Foreign* foreign = nullptr;   ///< null: a package has its function
  std::span<const Name> type_params;  ///< `<T>`
  std::span<const Port> params;
  std::span<const Port> outputs;
  Attributes attributes;
};

struct SchemaField {
  Name name;
  const TypeExpr* type;
  const Expr* default_value;
  std::string_view wire;
  std::string_view doc;
};
/// `as "cat"` of a schema, `by "kind"` of a sum, `deprecated "why"` of an alias; empty where none
/// is written.
struct Tag {
  std::string_view text;
  Span span;
};
struct SchemaDecl : Decl {
  Tag tag;
  std::span<const SchemaField> fields;
};
struct AliasDecl : Decl {
  const TypeExpr* type;
  Tag tag;
};
/// `alias summarise = llm_summary`: another name of a node or flow.
struct NodeAliasDecl : Decl {
  Name target;  ///< `notes.f` as one name
  Tag deprecated;
};

/// `import "lib/notes.pf"`, `import "lib/notes.pf" as notes`, `import slack`.
struct Import {
  std::string_view path;  ///< of a file; empty for a package
  Name package;           ///< of a package
  Name alias;             ///< symbol none: all public names as they are; a package has one
  Span span;
  Span target; /**< the path or the package's name */
};

/// One parsed source file. Owns the tree.
struct File {
  FileId file;
  std::string_view doc;
  std::vector<Import> imports;
  std::vector<Decl*> decls;  ///< in source order
  uint32_t expr_count = 0;   ///< ids are dense below these, and unique over the
  uint32_t stage_count = 0;  ///< files of one program (see parse/parse.h)
  Arena arena;
};

/// `expr` as its concrete kind; the caller has looked at `kind`.
template <typename T>
const T& as(const Expr& expr) {
  return static_cast<const T&>(expr);
}
template <typename T>
const T& as(const Statement& statement) {
  return static_cast<const T&>(statement);
}
template <typename T>
const T& as(const Decl& decl) {
  return static_cast<const T&>(decl);
}

}  // namespace pflow::ast
