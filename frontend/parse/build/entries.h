/// Entries: maps, and copies of records.
#pragma once

#include "frontend/parse/build/builder.h"

namespace pflow::parse {

/// A map or a copy; an error for a record that lacks its type.
const ast::Expr* build_entries(Builder& b, FlowParser::StatementContext& context, Span span);
/// As a body, entries are its value.
ast::Statement* entries_statement(Builder& b, FlowParser::StatementContext& context);
/// Reports entries beside other statements of the block that ends here.
void check_entries_alone(Builder& b, const std::vector<ast::Statement*>& statements);

}  // namespace pflow::parse
