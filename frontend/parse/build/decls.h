/// Declarations. Heads of flows and function nodes come without their bodies, which are
/// read statement by statement.
#pragma once

#include "frontend/parse/build/builder.h"

namespace pflow::parse {

ast::FlowDecl* flow_head(Builder& b, FlowParser::FlowHeadContext& context);
ast::NodeDecl* node_head(Builder& b, FlowParser::NodeHeadContext& context);
ast::ExternDecl* foreign_head(Builder& b, FlowParser::ForeignHeadContext& context);
ast::ExternDecl* extern_decl(Builder& b, FlowParser::ExternDeclContext& context);
ast::SchemaDecl* schema_decl(Builder& b, FlowParser::SchemaDeclContext& context);
ast::AliasDecl* alias_decl(Builder& b, FlowParser::AliasDeclContext& context);
ast::NodeAliasDecl* node_alias_decl(Builder& b, FlowParser::NodeAliasDeclContext& context);
/// The flow `main` of a file that is a chain.
ast::FlowDecl* bare_flow(Builder& b, ast::ChainStatement& chain, std::string_view doc);

}  // namespace pflow::parse
