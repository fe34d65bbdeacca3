#include "frontend/lower/module/tools.h"

#include <algorithm>

#include "frontend/lower/module/sites.h"
#include "frontend/lower/module/wrap_node.h"

namespace pflow::lowering {

size_t tool_of(ModuleContext& module, std::string_view flow, const sema::CallInfo& call,
               ir::TypeId input, Span span) {
  std::vector<ir::Tool>& tools = module.made().tools;
  auto known = std::ranges::find(tools, input, &ir::Tool::input);
  if (known != tools.end()) return static_cast<size_t>(known - tools.begin());
  const sema::Callable& callable = module.program().callable(call.callee);
  const std::string name(module.text(callable.name));
  const ir::SiteId site = add_site(module, flow, {}, call, span);
  const ir::FunctionId made = wrap_node(module, "tool." + name, call, site, span);
  tools.push_back({name, std::string(callable.decl->doc), input, made});
  return tools.size() - 1;
}

void lower_served(ModuleContext& module) {
  const sema::Program& program = module.program();
  for (const sema::ServedFlow& served : program.served) {
    const sema::Callable& flow = program.callable(served.call.callee);
    const size_t number = tool_of(module, "serve", served.call, served.input, flow.decl->name.span);
    ir::Tool& tool = module.made().tools[number];
    tool.served = true;
    // The comment of a program whose entry has none stands above the file.
    if (tool.doc.empty()) tool.doc = program.files.front()->doc;
  }
}

void lower_loaders(ModuleContext& module) {
  const sema::Program& program = module.program();
  for (const sema::PackageLoader& loader : program.loaders) {
    const Span declared = program.callable(loader.call.callee).decl->name.span;
    const size_t number = tool_of(module, "loaders", loader.call, loader.input, declared);
    module.made().tools[number].prefixes.push_back(loader.prefix);
  }
}

}  // namespace pflow::lowering
