/// What the graph of every flow is made from: the checked program, its texts, and tables over it.
#pragma once

#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "frontend/graph/graph.h"
#include "frontend/sema/checked.h"
#include "ir/ir.h"
#include "support/interner.h"
#include "support/source.h"

namespace pflow::graph {

/// The stage whose action a transition takes.
struct TakenAction {
  ast::StageId stage;
  std::string action;
};

class ProgramView {
 public:
  ProgramView(const sema::Program& program, const ir::Module& module, const SourceMap& sources,
              const Interner& names);

  [[nodiscard]] const sema::Program& program() const { return program_; }
  [[nodiscard]] std::string_view text(Symbol symbol) const { return names_.text(symbol); }
  [[nodiscard]] std::string_view text(Span span) const { return sources_.text(span); }
  /// The text on one line, at most so many code points of it.
  [[nodiscard]] std::string short_text(Span span, size_t most = 48) const;
  [[nodiscard]] Place place(Span span);
  /// The id of the site with this place in the source; empty without one.
  [[nodiscard]] std::string site(Span span) const;
  [[nodiscard]] const std::vector<TakenAction>& taken_by(
      const ast::TransitionStatement& transition) const;

  [[nodiscard]] std::vector<std::string> effects(sema::CallableId callable) const;
  [[nodiscard]] Group group(sema::CallableId callable) const;
  /// Its number among the flows of the graph; negative for what has no picture of its own.
  [[nodiscard]] int flow_of(sema::CallableId callable) const;
  /// Its number among the callees of the graph, to which it is added.
  int callee_of(sema::CallableId callable);
  [[nodiscard]] query::NodeDoc doc(sema::CallableId callable) const;

  /// The flows of the graph in its order: the entry, then as they stand in the files.
  [[nodiscard]] const std::vector<const sema::Body*>& flows() const { return flows_; }
  [[nodiscard]] std::vector<query::NodeDoc> take_callees() { return std::move(callees_); }

 private:
  void choose_flows();
  void read_transitions();

  const sema::Program& program_;
  const ir::Module& module_;
  const SourceMap& sources_;
  const Interner& names_;
  std::vector<uint16_t> effects_;  ///< by callable
  /// By file; ids by where calls and stages stand, of which no two begin and end alike.
  std::vector<std::unordered_map<uint64_t, std::string_view>> sites_;
  std::unordered_map<const ast::TransitionStatement*, std::vector<TakenAction>> taken_;
  std::vector<const sema::Body*> flows_;
  std::unordered_map<sema::CallableId, int> flow_numbers_;
  std::unordered_map<sema::CallableId, int> callee_numbers_;
  std::vector<query::NodeDoc> callees_;
  // The last place asked for, from which the next one on its line is counted.
  Span last_;
  LineColumn last_place_;
};

}  // namespace pflow::graph
