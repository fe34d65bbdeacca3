#include "frontend/lower/lower.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <utility>

#include "frontend/lower/expr/expr_lowering.h"
#include "frontend/lower/flow/flow_lowering.h"
#include "frontend/lower/flow/run_call.h"
#include "frontend/lower/flow/stubs.h"
#include "frontend/lower/module/flow_part.h"
#include "frontend/lower/module/module_context.h"
#include "frontend/lower/module/tools.h"
#include "ir/call_graph.h"

namespace pflow {

namespace lowering {

namespace {

using sema::CallableKind;

ir::Function lower_function(ModuleContext& module, const sema::Body& body) {
  const sema::Callable& callable = module.program().callable(body.callable);
  const FlowPart part = FlowPart::of(module, body);
  ir::Builder builder(module.types(), ir::FunctionKind::Pure, module.fresh_name(part.name),
                      callable.decl->span);
  ExprContext expressions(module, builder, part.flow, kExprRules);
  expressions.keys.add_params(part);
  const ast::Expr& value = *ast::as<ast::NodeDecl>(*callable.decl).body;
  builder.function().results = body.results;
  ir::ValueId result = expressions.lower_as(value, body.results.front());
  builder.set_span(value.span);
  builder.add(ir::Opcode::Return, {result});
  return builder.take();
}

void lower_runs(ModuleContext& module) {
  const std::vector<sema::Callable>& callables = module.program().callables;
  for (size_t i = 0; i < callables.size(); ++i) {
    if (callables[i].runs.empty()) continue;
    const sema::CallableId id(i);
    module.made().functions[module.function_of(id).index] = lower_run(module, id);
  }
}

void lower_bodies(ModuleContext& module) {
  for (const sema::Body& body : module.program().bodies) {
    const ir::FunctionId id = module.function_of(body.callable);
    if (!id.valid()) continue;
    const bool flow = module.program().callable(body.callable).kind == CallableKind::Flow;
    ir::Function made = flow ? lower_flow(module, body) : lower_function(module, body);
    for (const sema::PortInfo& output : module.program().callable(body.callable).outputs)
      made.result_names.emplace_back(output.name.valid() ? module.text(output.name) : "");
    module.made().functions[id.index] = std::move(made);
  }
}

ir::FunctionId lower_default(ModuleContext& module, const std::string& name, const ast::Expr& value,
                             ir::TypeId type) {
  ir::Builder builder(module.types(), ir::FunctionKind::Pure, name, value.span);
  ExprContext expressions(module, builder, name, kExprRules);
  builder.enter(builder.block("entry"));
  builder.function().results = {type};
  ir::ValueId result = expressions.lower_as(value, type);
  builder.add(ir::Opcode::Return, {result});
  return module.add(builder.take());
}

void lower_field_defaults(ModuleContext& module) {
  std::map<ir::TypeId, const ast::SchemaDecl*> in_order(module.program().schemas.begin(),
                                                        module.program().schemas.end());
  for (const auto& [record, schema] : in_order) {
    const std::vector<ir::Field> fields = module.types().get(record).fields;
    for (size_t i = 0; i < schema->fields.size() && i < fields.size(); ++i) {
      const ast::Expr* value = schema->fields[i].default_value;
      if (value == nullptr) continue;
      const std::string name = module.fresh_name(
          fmt::format("{}.{}.default", module.types().get(record).name, fields[i].name));
      module.made().field_defaults.push_back(
          {record, static_cast<uint32_t>(i), lower_default(module, name, *value, fields[i].type)});
    }
  }
}

/// Of ports that are the fields of a record.
void lower_port_defaults(ModuleContext& module) {
  std::map<ir::TypeId, sema::CallableId> in_order(module.program().call_records.begin(),
                                                  module.program().call_records.end());
  for (const auto& [input, id] : in_order) {
    const sema::Callable& callable = module.program().callable(id);
    for (uint32_t i = 0; i < callable.ports.size(); ++i) {
      const sema::PortInfo& port = callable.ports[i];
      if (port.default_value == nullptr) continue;
      const std::string name = module.fresh_name(
          fmt::format("call.{}.{}.default", module.text(callable.name), module.text(port.name)));
      module.made().field_defaults.push_back(
          {input, i, lower_default(module, name, *port.default_value, port.type)});
    }
  }
}

void lower_tests(ModuleContext& module) {
  if (module.program().entry.valid()) return;
  for (sema::CallableId id : module.program().tests) {
    const auto& test = static_cast<const ast::TestDecl&>(*module.program().callable(id).decl);
    module.made().tests.push_back({std::string(test.title), module.function_of(id), test.span});
  }
}

void lower_entry(ModuleContext& module) {
  if (!module.program().entry.valid()) return;
  const sema::Callable& entry = module.program().callable(module.program().entry);
  module.made().entry = module.function_of(module.program().entry);
  module.made().doc =
      entry.decl->doc.empty() ? module.program().files.front()->doc : entry.decl->doc;
  for (size_t i = 0; i < entry.ports.size(); ++i) {
    const sema::PortInfo& port = entry.ports[i];
    ir::EntryParam param;
    param.name = module.text(port.name);
    param.type = port.type;
    param.doc = port.doc;
    param.from_stdin = entry.in_port == static_cast<int>(i);
    if (port.default_value != nullptr) {
      param.default_text = module.source(port.default_value->span);
      param.default_function =
          lower_default(module, fmt::format("{}.{}.default", module.text(entry.name), param.name),
                        *port.default_value, port.type);
    }
    module.made().entry_params.push_back(std::move(param));
  }
}

/// Whether a flow that is declared so is reached from the entry.
bool reaches_durable_flow(ModuleContext& module) {
  const ir::FunctionId entry = module.made().entry;
  if (!entry.valid()) return false;
  const std::vector<bool> reached = ir::reached_functions(ir::call_graph(module.made()), {{entry}});
  return std::ranges::any_of(module.program().bodies, [&](const sema::Body& body) {
    const sema::Callable& callable = module.program().callable(body.callable);
    const ir::FunctionId id = module.function_of(body.callable);
    return callable.kind == CallableKind::Flow && id.valid() && reached[id.index] &&
           ast::as<ast::FlowDecl>(*callable.decl).durable;
  });
}

}  // namespace

}  // namespace lowering

ir::Module lower(const sema::Checked& checked, const SourceMap& sources, const Interner& names,
                 ir::TypeTable& types) {
  lowering::ModuleContext module(checked, sources, names, types);
  module.set_stub_rule(lowering::lower_stub_flow);
  lowering::lower_bodies(module);
  lowering::lower_runs(module);
  lowering::lower_entry(module);
  lowering::lower_served(module);
  lowering::lower_loaders(module);
  lowering::lower_tests(module);
  lowering::lower_field_defaults(module);
  lowering::lower_port_defaults(module);
  module.made().durable = lowering::reaches_durable_flow(module);
  return std::move(module.made());
}

}  // namespace pflow
