/// The flow IR. A module holds functions (pure) and flows; each has typed slots
/// and blocks; a block has ops on SSA values and ends with one terminator.
///
/// Values are local to their block: what crosses blocks goes through a slot.
/// Code generation puts a slot into the frame when it lives across a suspension
/// and into registers otherwise.
///
/// Failures: an op with CanFail leaves through its block's `unwind` block, or
/// fails the whole function when it has none. A failed call or invoke has
/// written none of its outputs.
///
/// Ownership. Before the pass `drops` any value may be used any number of times.
/// After it, for values of types that hold references (others are plain bits):
/// - A function borrows its parameters: the caller keeps them alive until it ends.
///   Parameter slots are only loaded: never stored to, taken, dropped or released.
///   Results are owned by the caller. Those that it changes in place are handed over
///   instead (Slot::handed_over, Op::handed_over): it takes or drops them, also when it fails.
/// - Other slots are empty (all zero) at entry. `slot.take` and `slot.drop` leave
///   the slot empty; `slot.store` and the outputs of call and invoke find it empty,
///   so a write never releases. At `return` all of them are empty.
/// - Operands are borrowed for the length of the op, those of `invoke` until it
///   completes (so they are loads of slots that live that long, or constants),
///   except where ops.def says that the op consumes them: then they move in.
///   `switch` and `fail` release what they consume.
/// - `const.text` and `opt.none` have no owner: consumed without a retain, never dropped.
/// - Code generation does the rest: at an op that fails it releases the values that
///   the block owns there (ownership.h); when a function ends by failure it
///   releases all slots but the parameters; outputs without a slot it drops.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "ir/policies.h"
#include "ir/types.h"
#include "support/ids.h"
#include "support/source.h"

namespace pflow::ir {

using ValueId = Id<struct ValueTag>;
using SlotId = Id<struct SlotTag>;
using BlockId = Id<struct BlockTag>;
using FunctionId = Id<struct FunctionTag>;
using NodeId = Id<struct NodeTag>;
using SiteId = Id<struct SiteTag>;

enum class Opcode : uint8_t {
#define PFLOW_OP(name, text, operands, result, consumes, flags, fields) name,
#include "ir/ops.def"
};

enum OpFlags : uint8_t { CanFail = 1, Terminator = 2, Effect = 4 };
enum class ResultKind : uint8_t { None, Owned, Borrowed, Alias };
enum class Consumes : uint8_t { None, First, Last, All };

/// What counts of an op beside its operands.
enum class OpFields : uint8_t {
  None,
  Integer,
  Boolean,  ///< integer: 0 or 1
  Cell,     ///< integer: its number
  Floating,
  Text,
  Slot,
  Field,     ///< integer: the field's number
  Variant,   ///< integer: the variant's number
  Variants,  ///< integers
  Pieces,
  Kind,    ///< text: a kind of errors
  Tool,    ///< integer: its number; callee: its flow
  Callee,  ///< and what a call has: outputs, edges, policies, site
  Items,   ///< callee, outputs, policies
  Branches,
  Pull,  ///< slot, outputs, target, target_false
  Target,
  Targets,  ///< target, target_false
  Cases,    ///< edges, target
};

/// One row of ops.def.
struct OpInfo {
  std::string_view text;
  int operands;
  ResultKind result;
  Consumes consumes;
  uint8_t flags;
  OpFields fields;
};
[[nodiscard]] const OpInfo& op_info(Opcode opcode);

/// What an edge of `switch` or `invoke` follows: an action or a case.
struct Edge {
  std::string label;
  BlockId target;
};

/// What `call` and `invoke` run: exactly one is valid.
struct Callee {
  FunctionId function;
  NodeId node;
};

/// Where in a `url` an interpolation stands.
enum class UrlPart : uint8_t { Base, Path, Query, Fragment };

/// A literal piece of a `cmd`, `url` or `sql` and what is known of the hole after it.
struct TemplatePiece {
  std::string text;
  bool begins_word = false;    ///< cmd
  bool after_dashes = false;   ///< cmd
  bool is_parameters = false;  ///< cmd
  UrlPart part = UrlPart::Path;
};

/// One branch of `par`: its arguments are the next operands of the op, its results
/// go to the next of `slots`.
struct Branch {
  FunctionId flow;
  uint32_t arguments = 0;
};

struct Op {
  Opcode opcode;
  Span span;
  ValueId result;
  std::vector<ValueId> operands;

  // Which of these count is up to the opcode: OpInfo::fields.
  int64_t integer = 0;            ///< const.int/bool/duration; record.get: field; sum.*: variant
  std::vector<int64_t> integers;  ///< sum.widen
  double floating = 0;            ///< const.float
  std::string text;               ///< const.text; fail: the kind
  SlotId slot;                    ///< slot.*, stream.next
  Callee callee;                  ///< call, invoke
  int output = -1;                ///< call: the output that is the result
  std::vector<SlotId> slots;  ///< call, invoke, each, par: where each output goes; none: dropped
  std::vector<Edge> edges;    ///< switch: cases; invoke: actions besides default
  BlockId target;             ///< jump, invoke: default; branch: true; switch: otherwise
  BlockId target_false;       ///< branch, stream.next
  std::vector<TemplatePiece> pieces;  ///< cmd.make, url.make, sql.make: one more than operands
  /// invoke, each, stream.each: of the last operands. Only what is carried out at run time.
  std::vector<Policy> policies;
  bool skips = false;               ///< each, stream.each: an item that fails is skipped
  std::vector<Branch> branches;     ///< par
  SiteId site;                      ///< call and invoke of a node or flow
  std::vector<size_t> handed_over;  ///< call: the operands that the callee takes and ends

  [[nodiscard]] const OpInfo& info() const { return op_info(opcode); }
  [[nodiscard]] bool is_terminator() const { return (info().flags & Terminator) != 0; }
  [[nodiscard]] bool can_fail() const { return (info().flags & CanFail) != 0; }
  /// Whether control may come back later: its operands are borrowed until then.
  [[nodiscard]] bool may_wait() const {
    return opcode == Opcode::Invoke || opcode == Opcode::Each || opcode == Opcode::Par ||
           opcode == Opcode::StreamNext;
  }
  /// The slot that it reads, if any.
  [[nodiscard]] SlotId read_slot() const {
    return opcode == Opcode::SlotLoad || opcode == Opcode::SlotTake || opcode == Opcode::StreamNext
               ? slot
               : SlotId();
  }
};

struct Value {
  TypeId type;
  std::string name;  ///< may be empty: printed by number
};

struct Slot {
  std::string name;  ///< unique in its function: `draft`, `writer.visits`
  TypeId type;
  bool handed_over = false;  ///< a parameter: its caller gives its reference away
};

struct Block {
  std::string name;  ///< unique in its function: `entry`, `after_judge`
  std::vector<Op> ops;
  BlockId unwind;  ///< where failures go; none: the function fails

  [[nodiscard]] const Op& terminator() const { return ops.back(); }
};

enum class FunctionKind : uint8_t { Pure, Flow };

struct Function {
  FunctionKind kind = FunctionKind::Pure;
  std::string name;
  Span span;
  std::vector<Slot> slots;  ///< the first `param_count` are the parameters
  uint32_t param_count = 0;
  std::vector<TypeId> results;
  std::vector<std::string> result_names;
  std::vector<Value> values;
  std::vector<Block> blocks;  ///< [0] is the entry
};

/// An extern node that the module uses.
struct NodePort {
  std::string name;
  TypeId type;
  /// Of a generic node: the type holds a type parameter elsewhere than inside a list,
  /// map or stream, so that the node sees a pointer to the value.
  bool by_address = false;
};
/// What says who carries out a node: `by exec("python3", "embed.py")`.
struct Foreign {
  std::string name;  ///< of the node in its file; another file may have one of the same name
  std::vector<std::string> words;
  std::vector<int64_t> options;
  Span span;
};
struct Node {
  std::string name;
  std::string module;
  std::vector<NodePort> ports;
  std::vector<NodePort> outputs;
  std::vector<std::string> actions;  ///< besides default and error
  /// Of a generic node: one entry of `nodes` for each choice of these.
  std::vector<std::pair<std::string, TypeId>> type_arguments;
  std::string effects;  ///< as its interface names them, with blanks between
  bool pure = false;
  bool async = false;
  bool network = false;     ///< it has effects on the network …
  bool offline = false;     ///< … which NODE_offline says of each call
  bool repeatable = false;  ///< calls may be done again, as NODE_repeatable says of each
  bool loaders = false;     ///< it asks the tools that load fragments
  bool preflight = false;
  std::vector<std::string> keys;  ///< those that it needs
  bool settings = false;          ///< its results depend on settings, which NODE_settings tells
  bool in_folder = false;         ///< it reads paths or runs commands
  int64_t version = 1;            ///< of what it gives for the same arguments
  /// Set when another program carries it out: its module then has one function for all such nodes.
  std::optional<Foreign> foreign;
};

/// Where and what a node or flow is invoked. `id` survives edits elsewhere: the
/// flow, then the label, else the node and a hash of its arguments' source.
struct Site {
  std::string id;
  std::string node;
  Span span;
  /// Arguments that are literals: port name and text; what preflight checks see.
  /// A port left to its default is not listed; a computed one is in `dynamic`.
  std::vector<std::pair<std::string, std::string>> literals;
  std::vector<std::string> dynamic;
};

/// A parameter of the entry flow, as the executable's command line sees it.
struct EntryParam {
  std::string name;
  TypeId type;
  std::string doc;
  std::string default_text;     ///< source of the default, for --help
  FunctionId default_function;  ///< pure, no parameters; none: required
  bool from_stdin = false;      ///< marked `in`
};

/// A `test` block: a flow without parameters and results.
struct Test {
  std::string title;
  FunctionId flow;
  Span span;
};

/// What a schema's field is when it is left out in JSON.
struct FieldDefault {
  TypeId record;
  uint32_t field = 0;   ///< its number
  FunctionId function;  ///< pure, no parameters
};

/// A node or flow as a value.
struct Tool {
  std::string name;
  std::string doc;
  TypeId input;         ///< the record of the flow's parameters
  FunctionId flow;      ///< that runs it
  bool served = false;  ///< others may call it from outside
  /// What the names of the fragments begin with that it loads, before a colon.
  std::vector<std::string> prefixes;
};

/// A place for a value that all functions see.
struct Cell {
  std::string name;
  TypeId type;
};

struct Module {
  explicit Module(TypeTable& table) : types(&table) {}
  TypeTable* types;
  std::vector<Function> functions;
  std::vector<Node> nodes;
  std::vector<Site> sites;
  FunctionId entry;
  std::string doc;  ///< of the entry flow, else of the file
  std::vector<EntryParam> entry_params;
  std::vector<FieldDefault> field_defaults;
  std::vector<Tool> tools;
  std::vector<Cell> cells;
  std::vector<Test> tests;        ///< when not empty, the program runs these and has no entry
  bool durable = false;           ///< its entry reaches a flow that is: runs keep a journal
  bool ownership_placed = false;  ///< `drops` has run

  [[nodiscard]] const Function& function(FunctionId id) const { return functions[id.index]; }
  [[nodiscard]] const Node& node(NodeId id) const { return nodes[id.index]; }
};

/// The text form, stable and readable.
[[nodiscard]] std::string print(const Module& module);

/// Checks every rule of this page; the messages of what does not hold, else empty.
[[nodiscard]] std::vector<std::string> verify(const Module& module);

/// The blocks that control can reach from `block`: targets of its terminator, then
/// its unwind block when an op in it can fail.
[[nodiscard]] std::vector<BlockId> successors(const Block& block);

/// Whether each function may suspend: it has an `attempt`, `each`, `par`, `stream.next` or an
/// `invoke` with policies, or an async node is reached through its invokes.
[[nodiscard]] std::vector<bool> suspending_functions(const Module& module);

/// Each stage of the module may wait from here on where its node has effects: who records these may
/// wait until they are safe. What may stand in expressions still cannot.
void let_effects_wait(Module& module);

}  // namespace pflow::ir
