/// Templates of type `cmd`: where an interpolation may stand in shell text.
#pragma once

#include "frontend/sema/context.h"

namespace pflow::sema {

/// Checks the holes of a command and fills Program::cmd_holes. The type `cmd`.
ir::TypeId check_cmd_template(Env& env, const ast::TemplateExpr& expr);

}  // namespace pflow::sema
