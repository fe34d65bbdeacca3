#include "frontend/parse/build/lets.h"

#include "frontend/parse/build/names.h"
#include "frontend/parse/build/shapes.h"
#include "frontend/parse/build/types.h"

namespace pflow::parse {

bool chain_as_value(Builder& b, FlowParser::StatementContext& context) {
  if (context.tail == nullptr) return false;
  Span stages = join(b.span(*context.value), b.span(*context.tail));
  auto report = b.reports.report(diag::chain_as_value, stages);
  report.label("a chain");
  const antlr4::Token* target = context.name != nullptr ? &token_of(*context.name) : nullptr;
  if (target == nullptr && context.op != nullptr) target = lone_name(context.stages[0]->value);
  bool makes_key = b.text(stages).find("->") != std::string_view::npos;
  if (target == nullptr) {
    report.help("a chain's value goes into a key with `-> key`");
  } else if (makes_key) {
    report.help("the arrow makes the key: leave out what stands before the chain",
                {b.reports.span(b.span(context).begin, stages.begin), ""});
  } else {
    std::string_view name = b.text(b.span(*target));
    report.help(fmt::format("a chain's value goes into a key with `-> {}`", name),
                {b.span(context), fmt::format("{} -> {}", b.text(stages), name)});
  }
  return true;
}

ast::LetBinding let_binding(Builder& b, FlowParser::StatementContext& context) {
  ast::LetBinding made{};
  made.name = own_name(b, *context.name, "key");
  if (context.type != nullptr) made.type = build_type(b, *context.type);
  made.span = b.span(context);
  made.value = chain_as_value(b, context) ? b.error_expr(made.span) : b.expr(*context.value);
  return made;
}

}  // namespace pflow::parse
