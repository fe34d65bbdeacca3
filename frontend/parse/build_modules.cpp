#include "frontend/parse/build.h"

namespace pflow::parse {

ast::Import Builder::import_decl(FlowParser::ImportDeclContext& context) {
  ast::Import made{};
  made.span = span(context);
  if (context.path != nullptr) {
    made.path = plain_text(*context.path);
    made.target = span(*context.path);
  } else {
    made.package = own_name(*context.package, "package");
    made.target = made.package.span;
  }
  if (context.alias != nullptr) made.alias = import_name(*context.alias);
  return made;
}

ast::Name Builder::import_name(FlowParser::WordContext& context) {
  ast::Name name = own_name(context, "import");
  std::string text(names_->text(name.symbol));
  if (text.empty() || text.front() < 'A' || text.front() > 'Z') return name;
  auto report =
      reports_->report(diag::name_case, name.span, "import", text, "an upper-case letter");
  text.front() = static_cast<char>(text.front() - 'A' + 'a');
  report.label("begin it in lower case").help("write it as", {name.span, text});
  return name;
}

void Builder::add_import_name(const FlowToken& token) { import_names_.insert(name(token).symbol); }

/// Its name holds a blank, so that nothing can call it.
ast::TestDecl* Builder::test_head(FlowParser::TestHeadContext& context) {
  auto* made = arena_->make<ast::TestDecl>();
  made->kind = ast::DeclKind::Test;
  made->title = plain_text(*context.title);
  made->span = span(context);
  made->name = {names_->intern(fmt::format("test {}", made->title)), span(*context.title)};
  made->doc = doc_of(*context.start);
  return made;
}

}  // namespace pflow::parse
