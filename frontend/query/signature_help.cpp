#include "frontend/query/signature_help.h"

#include "frontend/query/entity.h"
#include "frontend/query/signature_parts.h"
#include "frontend/query/signature_text.h"
#include "frontend/query/words.h"
#include "frontend/sema/calls/builtins.h"

namespace pflow::query {

namespace {

ast::Name callee_name(const ast::CallExpr& call) {
  if (call.callee->kind == ast::ExprKind::Name)
    return {ast::as<ast::NameExpr>(*call.callee).name, call.callee->span};
  if (call.callee->kind == ast::ExprKind::Field) return ast::as<ast::FieldExpr>(*call.callee).field;
  return {};
}

/// The port that the argument goes to: by its name, as the checks bound it, else by its place.
std::optional<size_t> port_of(const Snapshot& s, const Spot& spot,
                              std::span<const ast::Port> ports) {
  if (spot.argument == nullptr) return std::nullopt;
  if (spot.argument->name.valid())
    for (size_t i = 0; i < ports.size(); ++i)
      if (ports[i].name.symbol == spot.argument->name) return i;
  auto info = s.program().calls.find(spot.call->id);
  if (info != s.program().calls.end())
    for (size_t i = 0; i < info->second.arguments.size(); ++i)
      if (info->second.arguments[i].expr == spot.argument->value &&
          info->second.arguments[i].source == sema::ArgumentSource::Expr)
        return i;
  auto place = static_cast<size_t>(spot.argument - spot.call->arguments.data());
  return place + (spot.call->callee->kind == ast::ExprKind::Field ? 1 : 0);
}

}  // namespace

std::optional<CallHelp> call_help(const Probe& probe) {
  const Snapshot& s = probe.snapshot();
  const Spot& spot = probe.spot();
  if (spot.call == nullptr) return std::nullopt;
  ast::Name name = callee_name(*spot.call);
  if (!name.symbol.valid()) return std::nullopt;
  CallHelp help;
  std::span<const ast::Port> ports;
  if (const ast::Decl* decl = s.checked.visible.callable(name.symbol, s.file())) {
    ports = ports_of(*decl);
    help.signature = signature_text(*decl, s.sources, s.names);
    help.doc = decl->doc;
  } else {
    help.signature = builtin_signature(s.text(name.symbol));
    help.doc = builtin_text(s.text(name.symbol));
  }
  if (help.signature.empty()) return std::nullopt;
  for (const SignaturePart& part : parameters_of(help.signature))
    help.parameters.push_back({part.begin, part.end, {}});
  for (size_t i = 0; i < ports.size() && i < help.parameters.size(); ++i)
    help.parameters[i].doc = ports[i].doc;
  help.active = port_of(s, spot, ports);
  return help;
}

}  // namespace pflow::query
