#include "frontend/sema/stages/stubs.h"

#include <algorithm>

#include "frontend/ast/walk.h"
#include "frontend/sema/calls/callee.h"
#include "frontend/sema/calls/calls.h"
#include "frontend/sema/calls/results.h"
#include "frontend/sema/nearest.h"
#include "frontend/sema/stages/region_facts.h"
#include "frontend/sema/stages/stub_fit.h"
#include "frontend/sema/types/conversions.h"
#include "frontend/sema/wording.h"

namespace pflow::sema {

using ir::TypeId;
using ir::TypeKind;

namespace {

class StubChecker {
 public:
  StubChecker(Context& ctx, Scope& scope, const ast::StubStatement& stub)
      : ctx_(ctx), scope_(scope), stub_(stub) {
    made_.at = &stub;
    made_.test = scope.callable;
  }

  void check() {
    if (!stands_well() || !find_target()) return;
    infer_result(ctx_, made_.target, stub_.target.span);
    const bool fits = stub_.value->kind == ast::ExprKind::Lambda
                          ? check_lambda(ast::as<ast::LambdaExpr>(*stub_.value))
                          : check_replacement();
    if (fits) ctx_.program.stubs.push_back(std::move(made_));
  }

 private:
  [[nodiscard]] const Callable& target() const { return ctx_.program.callable(made_.target); }
  [[nodiscard]] std::string_view name() const { return ctx_.text(stub_.target.symbol); }

  /// It holds from one place of its test on, so it stands where that is one place.
  bool stands_well() {
    const bool in_test = scope_.flow->kind == ast::DeclKind::Test;
    if (in_test && std::ranges::find(scope_.flow->body->statements, &stub_) !=
                       scope_.flow->body->statements.end())
      return true;
    ctx_.diagnostics
        .report(diag::stub_place, stub_.span,
                in_test ? "inside a block of its test" : "outside of a test")
        .label(in_test ? "holds for the whole test" : "holds in no test")
        .help("write it in the list of statements of a `test`, before what it is for");
    return false;
  }

  bool find_target() {
    const Callee callee = find_callee(ctx_, stub_.target);
    if (callee.builtin != nullptr) return refuse_target("part of the language");
    if (!callee.callable.valid()) {
      auto report = ctx_.diagnostics.report(diag::unknown_node, stub_.target.span, name());
      report.label("no node or flow of this name");
      suggest_node(report, ctx_, stub_.target);
      return false;
    }
    made_.target = callee.callable;
    const bool asks_outside = has_effects(target()) || target().attributes.preflight;
    return asks_outside || refuse_target("pure: it needs no stub");
  }

  bool refuse_target(std::string why) {
    ctx_.diagnostics.report(diag::stub_target, stub_.target.span, name())
        .label(std::move(why))
        .note("a stub stands for a node with effects, or for a flow");
    return false;
  }

  bool refuse(std::string why) {
    ctx_.diagnostics.report(diag::stub_fit, stub_.value->span, name())
        .label(std::move(why))
        .secondary(stub_.target.span, "what it stands for")
        .note(fmt::format("it stands for `{}`", signature(ctx_, target())));
    return false;
  }

  // ---- a lambda

  /// The port of this name, or kAttempt; what it is no port of is reported.
  bool find_port(const ast::Name& param, TypeId& type) {
    const std::vector<PortInfo>& ports = target().ports;
    auto found = std::ranges::find(ports, param.symbol, &PortInfo::name);
    const bool known =
        found != ports.end() && !found->is_type && !is_chosen_by_calls(ctx_.types, found->type);
    if (known) {
      made_.ports.push_back(static_cast<int>(found - ports.begin()));
      type = is_template_type(ctx_.types, found->type) ? ctx_.types.str : found->type;
      return true;
    }
    if (found == ports.end() && ctx_.text(param.symbol) == "attempt") {
      made_.ports.push_back(Stub::kAttempt);
      type = ctx_.types.int_;
      return true;
    }
    auto report = ctx_.diagnostics.report(diag::unknown_argument, param.span, name(),
                                          ctx_.text(param.symbol));
    report.label(found == ports.end() ? "no port of this name" : "its type is up to each call");
    std::vector<std::string_view> names{"attempt"};
    for (const PortInfo& port : ports) names.push_back(ctx_.text(port.name));
    suggest_nearest(report, ctx_.text(param.symbol), param.span, names, "port");
    report.note(fmt::format("the parameters of a stub are ports by name, and `attempt`: `{}`",
                            signature(ctx_, target())));
    return false;
  }

  bool check_lambda(const ast::LambdaExpr& lambda) {
    std::vector<TypeId> types;
    bool known = true;
    for (const ast::Name& param : lambda.params) {
      types.push_back(ctx_.types.error);
      known = find_port(param, types.back()) && known;
    }
    const std::vector<PortInfo>& outputs = target().outputs;
    const int out = target().out_port;
    if (!outputs.empty() && out < 0) {
      refuse("gives one value, not several");
      return false;
    }
    const TypeId output = out < 0 ? TypeId() : outputs[static_cast<size_t>(out)].type;
    Env env = env_at(ctx_, scope_, scope_.graph->node_of(stub_), {});
    made_.value = check_function(env, lambda, name(), types, expected(output));
    return known && !ctx_.types.is(made_.value, TypeKind::Error) && value_fits(lambda, output);
  }

  /// Where text or data becomes the output, the value may be of more than one type.
  Expect expected(TypeId output) {
    if (!output.valid()) return {};
    if (is_chosen_by_calls(ctx_.types, output)) return {{}, false, true};
    const TypeId given = given_for(ctx_.types, output);
    return {given, false, given != output};
  }

  bool value_fits(const ast::LambdaExpr& lambda, TypeId output) {
    const TypeId value = made_.value;
    if (!output.valid() || ctx_.types.is(value, TypeKind::Never)) return true;
    if (is_chosen_by_calls(ctx_.types, output))
      return is_jsonable(ctx_.types, value) || refuse_value(lambda, output);
    const bool text = target().attributes.scripted && converts(ctx_.types, value, ctx_.types.str);
    return text || converts(ctx_.types, value, given_for(ctx_.types, output)) ||
           refuse_value(lambda, output);
  }

  bool refuse_value(const ast::LambdaExpr& lambda, TypeId output) {
    auto report = ctx_.diagnostics.report(diag::stub_fit, lambda.body->span, name());
    report.label(fmt::format("gives {}", a_type(ctx_, made_.value)))
        .secondary(stub_.target.span, fmt::format("gives {}", a_type(ctx_, output)))
        .note(fmt::format("it stands for `{}`", signature(ctx_, target())));
    if (ctx_.types.is(output, TypeKind::Stream))
      report.help(fmt::format("give the list of its items, `{}`",
                              ctx_.type_text(given_for(ctx_.types, output))));
    return false;
  }

  // ---- a flow or node

  bool check_replacement() {
    if (stub_.value->kind == ast::ExprKind::Error) return false;
    if (stub_.value->kind != ast::ExprKind::Name) return refuse("no lambda, flow or node");
    const ast::Name by{ast::as<ast::NameExpr>(*stub_.value).name, stub_.value->span};
    const Callee callee = find_callee(ctx_, by);
    if (callee.builtin != nullptr) return refuse("part of the language");
    if (!callee.callable.valid()) {
      auto report = ctx_.diagnostics.report(diag::unknown_node, by.span, ctx_.text(by.symbol));
      report.label("no node or flow of this name");
      suggest_node(report, ctx_, by);
      return false;
    }
    ctx_.program.expr_types[stub_.value->id.index] = ctx_.types.void_;
    infer_result(ctx_, callee.callable, by.span);
    made_.replacement = callee.callable;
    const Callable& other = ctx_.program.callable(callee.callable);
    const std::string why = misfit(ctx_, target(), other);
    if (why.empty()) return true;
    ctx_.diagnostics.report(diag::stub_fit, by.span, name())
        .label("does not fit")
        .secondary(stub_.target.span, "what it stands for")
        .note(why)
        .note(fmt::format("it stands for `{}`", signature(ctx_, target())))
        .note(fmt::format("and is `{}`", signature(ctx_, other)));
    return false;
  }

  Context& ctx_;
  Scope& scope_;
  const ast::StubStatement& stub_;
  Stub made_{};
};

}  // namespace

void check_stubs(Context& ctx, Scope& scope) {
  for_each_statement(*scope.flow->body, [&](const ast::Statement& statement) {
    if (statement.kind == ast::StatementKind::Stub)
      StubChecker(ctx, scope, ast::as<ast::StubStatement>(statement)).check();
  });
}

}  // namespace pflow::sema
