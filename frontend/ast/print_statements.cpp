#include "frontend/ast/printer.h"

namespace pflow::ast {

void Printer::block(const Block& block) {
  for (const Statement* each : block.statements) statement(*each);
}

void Printer::statement(const Statement& statement) {
  switch (statement.kind) {
    case StatementKind::Let: return let(as<LetStatement>(statement).let);
    case StatementKind::Chain: return chain(as<ChainStatement>(statement).chain);
    case StatementKind::Assign: {
      const auto& s = as<AssignStatement>(statement);
      line(fmt::format("assign {}", name(s.key.symbol)), s.span);
      return labelled("", s.value);
    }
    case StatementKind::Return:
      line("return", statement.span);
      return labelled("", as<ReturnStatement>(statement).value);
    case StatementKind::Transition: {
      const auto& s = as<TransitionStatement>(statement);
      line(fmt::format("transition {} - {}", name(s.label.symbol),
                       s.any ? std::string("_") : quoted(s.action)),
           s.span);
      Indent indent(*this);
      return chain(s.chain);
    }
  }
}

void Printer::let(const LetBinding& binding) {
  std::string head = fmt::format("let {}", name(binding.name.symbol));
  if (binding.type != nullptr) head += fmt::format(": {}", type(*binding.type));
  line(head, binding.span);
  labelled("", binding.value);
}

void Printer::chain(const Chain& chain) {
  line("chain", chain.span);
  Indent indent(*this);
  for (const Stage* each : chain.stages) stage(*each);
}

void Printer::stage(const Stage& stage) {
  std::string head = stage.kind == StageKind::End ? "stage end" : "stage";
  if (stage.label.symbol.valid()) head += fmt::format(" as {}", name(stage.label.symbol));
  line(head, stage.span);
  Indent indent(*this);
  if (stage.kind == StageKind::Expr) expr(*stage.expr);
  if (stage.kind == StageKind::Block) {
    line("block", stage.block->span);
    Indent inner(*this);
    block(*stage.block);
  }
  for (const PolicyEntry& entry : stage.policies) {
    line(fmt::format("with {}", name(entry.name.symbol)), entry.name.span);
    labelled("", entry.value);
  }
  for (const Binding& binding : stage.bindings) {
    std::string port = stage.binds_ports ? fmt::format("{}: ", name(binding.port.symbol)) : "";
    line(fmt::format("-> {}{}", port, name(binding.key.symbol)), binding.key.span);
  }
}

}  // namespace pflow::ast
