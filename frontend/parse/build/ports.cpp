#include "frontend/parse/build/ports.h"

#include "frontend/parse/build/names.h"
#include "frontend/parse/build/types.h"

namespace pflow::parse {

namespace {

void port_mark(Builder& b, const antlr4::Token& mark, ast::Port& port, PortRole role) {
  Span place = b.span(mark);
  std::string_view word = b.text(place);
  port.marked_in = role.inputs && word == "in";
  port.marked_out = !role.inputs && word == "out";
  if (port.marked_in || port.marked_out) return;
  std::string_view expected = role.inputs ? "in" : "out";
  b.reports
      .report(diag::unknown_port_mark, place, fmt::format("`{}` or nothing", expected),
              Reports::shorten(word))
      .label(fmt::format("expected `{}` or nothing", expected))
      .help(role.inputs ? "`in` marks the input that `>>` feeds"
                        : "`out` marks the output that `>>` passes on",
            {place, std::string(expected)});
}

void type_port(Builder& b, FlowParser::PortContext& context, ast::Port& port, PortRole role) {
  Span word = b.span(*context.kind);
  if (b.text(word) != "type") {
    b.reports
        .report(diag::unexpected_token, b.span(*context.type), "the end of the port's type",
                fmt::format("`{}`", Reports::shorten(b.text(b.span(*context.type)))))
        .label("does not fit here");
    return;
  }
  if (!role.native || !role.inputs)
    b.reports.report(diag::only_extern_generic, word, "ports that take a type")
        .label("takes a type as its argument");
  port.is_type = true;
  if (context.value == nullptr) return;
  port.default_type = context.value->type != nullptr ? build_type(b, *context.value->type)
                                                     : type_in_expr(b, *context.value->value, true);
  Span place = b.span(*context.value);
  if (port.default_type == nullptr)
    b.reports
        .report(diag::unexpected_token, place, "a type",
                fmt::format("`{}`", Reports::shorten(b.text(place))))
        .label("a value");
}

ast::Port build_port(Builder& b, FlowParser::PortContext& context, PortRole role) {
  ast::Port made{};
  made.doc = doc_of(b, *context.start);
  made.span = b.span(context);
  made.name = role.any_word ? any_name(b, *context.name) : own_name(b, *context.name, "parameter");
  made.type = build_type(b, *context.type);
  if (context.mark != nullptr) port_mark(b, *context.mark, made, role);
  if (context.kind != nullptr) {
    type_port(b, context, made, role);
  } else if (context.value != nullptr && context.value->type != nullptr) {
    Span place = b.span(*context.value);
    b.reports.report(diag::type_as_value, place, Reports::shorten(b.text(place))).label("a type");
    made.default_value = b.error_expr(place);
  } else if (context.value != nullptr) {
    made.default_value = b.expr(*context.value->value);
  }
  return made;
}

}  // namespace

std::span<const ast::Port> build_ports(Builder& b, FlowParser::PortsContext& context,
                                       PortRole role) {
  std::vector<ast::Port> made;
  for (auto* each : context.items) made.push_back(build_port(b, *each, role));
  return b.arena.copy(made);
}

std::span<const ast::Name> type_params(Builder& b, FlowParser::TypeParamsContext* context) {
  std::vector<ast::Name> made;
  if (context != nullptr)
    for (auto* each : context->names) made.push_back(own_name(b, *each, "type"));
  return b.arena.copy(made);
}

void no_type_params(Builder& b, FlowParser::TypeParamsContext* context) {
  if (context == nullptr) return;
  b.reports.report(diag::only_extern_generic, b.span(*context), "type parameters")
      .label("type parameters")
      .help("write the types out");
}

}  // namespace pflow::parse
