/// What a program may do to the world: the calls of nodes that have effects. One table, for who
/// shows it before anything runs and for the journal, which holds a run to it.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "ir/argument_text.h"
#include "ir/ir.h"

namespace pflow::ir {

/// An argument that the program gives.
struct EffectArgument {
  std::string_view port;
  bool is_list = false;
  std::vector<SaidText> texts;  ///< one where it is no list
};

struct EffectRow {
  SiteId site;
  NodeId node;
  /// Those that say what is touched: texts, paths, addresses, commands, queries. A text of which
  /// nothing is known is not among them.
  std::vector<EffectArgument> arguments;
};

/// Of all that the function reaches, each site once, in the order of the source.
[[nodiscard]] std::vector<EffectRow> effect_table(const Module& module, FunctionId entry);

}  // namespace pflow::ir
