/// Records: `T { f: v }`, `notes.T { f: v }`.
#pragma once

#include "frontend/parse/build/builder.h"

namespace pflow::parse {

/// Without a body, a type that stands where a value is wanted: reported.
const ast::Expr* build_record(Builder& b, Span span, const antlr4::Token* module,
                              const antlr4::Token& type_name, FlowParser::RecordBodyContext* body);
/// What stands before the dot is the name of an import.
const ast::Expr* imported_record(Builder& b, FlowParser::ExprContext& context);
ast::FieldInit build_record_field(Builder& b, FlowParser::RecordEntryContext& context);

}  // namespace pflow::parse
