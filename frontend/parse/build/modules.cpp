#include "frontend/parse/build/modules.h"

#include "frontend/parse/build/names.h"
#include "frontend/parse/build/texts.h"

namespace pflow::parse {

namespace {

ast::Name import_name(Builder& b, FlowParser::WordContext& context) {
  ast::Name name = own_name(b, context, "import");
  std::string text(b.names.text(name.symbol));
  if (text.empty() || text.front() < 'A' || text.front() > 'Z') return name;
  auto report =
      b.reports.report(diag::name_case, name.span, "import", text, "an upper-case letter");
  text.front() = static_cast<char>(text.front() - 'A' + 'a');
  report.label("begin it in lower case").help("write it as", {name.span, text});
  return name;
}

}  // namespace

ast::Import import_decl(Builder& b, FlowParser::ImportDeclContext& context) {
  ast::Import made{};
  made.span = b.span(context);
  if (context.path != nullptr) {
    made.path = plain_text(b, *context.path);
    made.target = b.span(*context.path);
  } else {
    made.package = own_name(b, *context.package, "package");
    made.target = made.package.span;
  }
  if (context.alias != nullptr)
    made.alias = import_name(b, *context.alias);
  else
    made.alias = made.package;
  return made;
}

ast::TestDecl* test_head(Builder& b, FlowParser::TestHeadContext& context) {
  auto* made = b.arena.make<ast::TestDecl>();
  made->kind = ast::DeclKind::Test;
  made->title = plain_text(b, *context.title);
  made->span = b.span(context);
  made->name = {b.names.intern(fmt::format("test {}", made->title)), b.span(*context.title)};
  made->doc = doc_of(b, *context.start);
  return made;
}

}  // namespace pflow::parse
