/// What a reader is told of one thing that flows may name: a node, a flow, a schema or a type, of
/// an interface, a program or the compiler.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "frontend/query/standard_nodes.h"

namespace pflow::query {

enum class DocKind : uint8_t { Node, Flow, Schema, Type };

/// A port, an output, or the field of a schema.
struct PortDoc {
  std::string name;  ///< empty for a result without one
  std::string type;
  std::string fallback;  ///< what it is when left out, as written; empty: it must be given
  std::string doc;       ///< on one line
  bool is_in = false;
  bool is_out = false;
};

struct NodeDoc {
  DocKind kind = DocKind::Node;
  std::string name;
  std::string home;       ///< its module, `builtin`, or the path of its file
  std::string signature;  ///< of a schema or type its declaration
  std::string doc;        ///< Markdown, without the example
  std::string example;    ///< a program; may be empty
  std::vector<PortDoc> ports;
  std::vector<PortDoc> outputs;
  bool pure = false;
  bool waits = false;
  bool preflight = false;
  std::string by;  ///< who carries it out: `exec("python3", "embed.py")`; else empty
  bool settings = false;
  int64_t retries = 0;  ///< of its own
  std::vector<std::string> effects;
  std::vector<std::string> actions;  ///< besides `default` and `error`
  std::vector<std::string> errors;   ///< the kinds that it fails with
  std::vector<std::string> keys;     ///< those that it needs

  /// The first sentence of the doc, on one line.
  [[nodiscard]] std::string summary() const;
};

[[nodiscard]] NodeDoc node_doc(const ast::Decl& decl, std::string_view home,
                               const SourceMap& sources, const Interner& names);
/// Of a function of the compiler.
[[nodiscard]] NodeDoc builtin_doc(std::string_view name);
/// The functions of the compiler, then the standard nodes by module; of one name all.
[[nodiscard]] std::vector<NodeDoc> all_node_docs(const StandardNodes& standard);

}  // namespace pflow::query
