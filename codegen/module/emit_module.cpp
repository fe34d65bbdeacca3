#include "codegen/module/emit_module.h"

#include "codegen/calls/pipes.h"
#include "codegen/forms/wide_values.h"
#include "codegen/function/function_emitter.h"
#include "codegen/module/foreign_nodes.h"
#include "codegen/module/frames.h"
#include "codegen/module/package_tables.h"
#include "codegen/module/program.h"
#include "codegen/module/unused.h"
#include "codegen/module/wrappers.h"

namespace pflow::codegen {

namespace {

void emit_field_defaults(ModuleEmitter& module) {
  for (const ir::FieldDefault& field : module.source.field_defaults)
    module.descriptors.set_default(field.record, field.field,
                                   make_default_value(module, field.function));
}

/// The program itself is described where its entry is.
bool has_program(const ModuleEmitter& module) {
  const ir::Module& source = module.source;
  if (!source.tests.empty()) return module.has(module.plans[source.tests.front().flow.index]);
  return source.entry.valid() && module.has(module.plans[source.entry.index]);
}

void describe_frames(ModuleEmitter& module) {
  for (const FunctionPlan& known : module.plans) {
    if (!module.has(known) || module.plan(known.id).resume == nullptr) continue;
    describe_frame(module, known);
  }
}

}  // namespace

void emit_module(ModuleEmitter& module) {
  emit_field_defaults(module);  // what is described later has them
  emit_foreign_nodes(module);
  describe_frames(module);
  for (const FunctionPlan& plan : module.plans) {
    if (!module.has(plan)) continue;
    FunctionEmitter(module, plan).run();
    if (plan.resume != nullptr && !plan.suspends) emit_child_resume(module, plan);
    if (plan.piped) emit_pipe(module, plan);
  }
  if (has_program(module)) {
    if (module.source.tests.empty())
      emit_program(module);
    else
      emit_tests(module);
    emit_package_tables(module);
  }
  if (module.debug) module.debug->finish();
  keep_values_in_memory(module.module, module.kind == PartKind::Fast);
  remove_unused(module.module);
}

}  // namespace pflow::codegen
