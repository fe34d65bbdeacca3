/// Words of messages that several checks share.
#pragma once

#include <string>

#include "frontend/sema/context.h"

namespace pflow::sema {

/// `a `str``, `an `int``.
[[nodiscard]] std::string a_type(const Context& ctx, ir::TypeId type);

/// `no arguments`, `one argument`, `3 arguments`.
[[nodiscard]] std::string count_text(size_t count, std::string_view noun);

/// Notes the outputs that there are.
void note_outputs(DiagnosticBuilder& report, const std::vector<std::string_view>& outputs);

/// The edit that puts what stands right of `>>` on a line of its own, so that
/// only control passes.
[[nodiscard]] Edit break_chain(const Context& ctx, const ast::Stage& left, const ast::Stage& right);

}  // namespace pflow::sema
