/// Declarations as a reader wants to see them: one line each, as they are written, without bodies
/// and attributes.
#pragma once

#include <string>

#include "frontend/ast/ast.h"
#include "support/interner.h"
#include "support/source.h"

namespace pflow::query {

/// `in text: str = "x"`; `output`: with the mark `out`, too.
[[nodiscard]] std::string port_text(const ast::Port& port, bool output, const SourceMap& sources,
                                    const Interner& names);
/// `name<T>(ports) -> (outputs)` of a node or flow.
[[nodiscard]] std::string signature_text(const ast::Decl& decl, const SourceMap& sources,
                                         const Interner& names);
/// With its word in front: `flow f(…) -> draft`, `schema Draft { … }`, `type T = …`.
[[nodiscard]] std::string declaration_text(const ast::Decl& decl, const SourceMap& sources,
                                           const Interner& names);

}  // namespace pflow::query
