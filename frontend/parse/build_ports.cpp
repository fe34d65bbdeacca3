#include "frontend/parse/build.h"

namespace pflow::parse {

std::span<const ast::Port> Builder::ports(FlowParser::PortsContext& context, PortRole role) {
  std::vector<ast::Port> made;
  for (auto* each : context.items) made.push_back(port(*each, role));
  return arena_->copy(made);
}

ast::Port Builder::port(FlowParser::PortContext& context, PortRole role) {
  ast::Port made{};
  made.doc = doc_of(*context.start);
  made.span = span(context);
  made.name = role.any_word ? any_name(*context.name) : own_name(*context.name, "parameter");
  made.type = type(*context.type);
  if (context.mark != nullptr) port_mark(*context.mark, made, role);
  if (context.kind != nullptr) {
    type_port(context, made, role);
  } else if (context.value != nullptr && context.value->type != nullptr) {
    Span place = span(*context.value);
    reports_->report(diag::type_as_value, place, Reports::shorten(text(place))).label("a type");
    made.default_value = error_expr(place);
  } else if (context.value != nullptr) {
    made.default_value = expr(*context.value->value);
  }
  return made;
}

void Builder::port_mark(const antlr4::Token& mark, ast::Port& port, PortRole role) {
  Span place = span(mark);
  std::string_view word = text(place);
  port.marked_in = role.inputs && word == "in";
  port.marked_out = !role.inputs && word == "out";
  if (port.marked_in || port.marked_out) return;
  std::string_view expected = role.inputs ? "in" : "out";
  reports_
      ->report(diag::unknown_port_mark, place, fmt::format("`{}` or nothing", expected),
               Reports::shorten(word))
      .label(fmt::format("expected `{}` or nothing", expected))
      .help(role.inputs ? "`in` marks the input that `>>` feeds"
                        : "`out` marks the output that `>>` passes on",
            {place, std::string(expected)});
}

void Builder::type_port(FlowParser::PortContext& context, ast::Port& port, PortRole role) {
  Span word = span(*context.kind);
  if (text(word) != "type") {
    reports_
        ->report(diag::unexpected_token, span(*context.type), "the end of the port's type",
                 fmt::format("`{}`", Reports::shorten(text(span(*context.type)))))
        .label("does not fit here");
    return;
  }
  if (!role.native || !role.inputs)
    reports_->report(diag::only_extern_generic, word, "ports that take a type")
        .label("takes a type as its argument");
  port.is_type = true;
  if (context.value == nullptr) return;
  port.default_type = context.value->type != nullptr ? type(*context.value->type)
                                                     : type_of_expr(*context.value->value, true);
  Span place = span(*context.value);
  if (port.default_type == nullptr)
    reports_
        ->report(diag::unexpected_token, place, "a type",
                 fmt::format("`{}`", Reports::shorten(text(place))))
        .label("a value");
}

std::span<const ast::Name> Builder::type_params(FlowParser::TypeParamsContext* context) {
  std::vector<ast::Name> made;
  if (context != nullptr)
    for (auto* each : context->names) made.push_back(own_name(*each, "type"));
  return arena_->copy(made);
}

void Builder::no_type_params(FlowParser::TypeParamsContext* context) {
  if (context == nullptr) return;
  reports_->report(diag::only_extern_generic, span(*context), "type parameters")
      .label("type parameters")
      .help("write the types out, or take them away", {span(*context), ""});
}

}  // namespace pflow::parse
