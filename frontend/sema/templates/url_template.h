/// Templates of type `url`: in which part of an address an interpolation stands.
#pragma once

#include "frontend/sema/context.h"

namespace pflow::sema {

/// Checks an address and its holes, and fills Program::url_holes. The type `url`.
ir::TypeId check_url_template(Env& env, const ast::TemplateExpr& expr);

}  // namespace pflow::sema
