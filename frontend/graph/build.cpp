#include "frontend/graph/build.h"

#include "frontend/graph/flow_maker.h"

namespace pflow::graph {

Graph build(const sema::Checked& checked, const ir::Module& module, const SourceMap& sources,
            const Interner& names) {
  ProgramView view(checked.program, module, sources, names);
  Graph graph;
  for (const sema::Body* body : view.flows()) graph.flows.push_back(FlowMaker(view).make(*body));
  graph.callees = view.take_callees();
  return graph;
}

}  // namespace pflow::graph
