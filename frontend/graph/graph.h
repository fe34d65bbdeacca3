/// What a picture of a program shows: each flow as nodes, some of them boxes around others, and
/// edges.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "frontend/query/node_doc.h"

namespace pflow::graph {

enum class NodeKind : uint8_t {
  Start,   ///< where a flow begins, with its parameters
  End,     ///< where it ends, with its results
  Call,    ///< of a node or flow, as a stage or as a fallback
  Value,   ///< what is computed without a call: `let`, an assignment, a pure stage
  Choice,  ///< `if`, `match`, `choose`
  Leave,   ///< `end`, `return`, `fail`, `break`, `continue`
  // Boxes:
  Each,
  Par,  ///< what stands in it without an edge between runs at once
  Repeat,
  Block,    ///< a block with a label or policies
  OnError,  ///< what fails in the flow, and is not handled, leads here
};
constexpr bool is_box(NodeKind kind) { return kind >= NodeKind::Each; }

/// What a call does to the world, as pictures tell it by colour and shape.
enum class Group : uint8_t { Pure, Files, Network, Model, Process, Terminal, System, Flow };

/// A position in a file of the program; line and column count from 1, columns in code points.
struct Place {
  std::string file;
  uint32_t line = 0;
  uint32_t column = 0;
};

struct Node {
  NodeKind kind = NodeKind::Value;
  int parent = -1;  ///< the box that it stands in; negative: none
  Group group = Group::Pure;
  std::string title;                 ///< on one line, shortened
  std::vector<std::string> details;  ///< lines below it: arguments, parameters, results
  std::string label;                 ///< `as label`
  std::vector<std::string> keys;     ///< that it sets by `->`
  std::vector<std::string> policies;
  std::string source;  ///< its first line, shortened
  Place place;
  std::string site;                  ///< as `--emit-ir` prints it; empty for what has none
  std::vector<std::string> effects;  ///< of a call, with those of what a flow calls
  int callee = -1;                   ///< of a call: index in Graph::callees
  int flow = -1;                     ///< of a call of a flow of the program: index in Graph::flows
  bool over_stream = false;          ///< `each` or `repeat`: items come while it runs
};

enum class EdgeKind : uint8_t { Next, Action, Error, Fallback };

struct Edge {
  int from = 0, to = 0;  ///< indices of nodes; a box stands for its begin and its end
  EdgeKind kind = EdgeKind::Next;
  std::string label;  ///< the action, or the condition; empty for `default`
};

struct Flow {
  query::NodeDoc doc;  ///< name, parameters, results
  Place place;
  std::vector<Node> nodes;  ///< a box stands before what is in it
  std::vector<Edge> edges;
};

struct Graph {
  std::vector<Flow> flows;              ///< that the program starts with first, tests left out
  std::vector<query::NodeDoc> callees;  ///< that stages call
};

[[nodiscard]] std::string_view word(NodeKind kind);
[[nodiscard]] std::string_view word(Group group);
[[nodiscard]] std::string_view word(EdgeKind kind);

}  // namespace pflow::graph
