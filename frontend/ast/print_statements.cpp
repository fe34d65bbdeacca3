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
    case StatementKind::OnError:
      return labelled_block("on error", as<OnErrorStatement>(statement).body);
    case StatementKind::Assert: {
      const auto& s = as<AssertStatement>(statement);
      line("assert", s.span);
      labelled("", s.condition);
      return labelled("why", s.why);
    }
    case StatementKind::Stub: {
      const auto& s = as<StubStatement>(statement);
      line(fmt::format("stub {}", name(s.target.symbol)), s.span);
      return labelled("", s.value);
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
  std::string head = "stage";
  if (stage.kind == StageKind::End) head += " end";
  if (stage.kind == StageKind::Break) head += " break";
  if (stage.kind == StageKind::Continue) head += " continue";
  if (stage.label.symbol.valid()) head += fmt::format(" as {}", name(stage.label.symbol));
  line(head, stage.span);
  Indent indent(*this);
  stage_form(stage);
  suffixes(stage);
}

void Printer::stage_form(const Stage& stage) {
  switch (stage.kind) {
    case StageKind::Expr: return expr(*stage.expr);
    case StageKind::End:
    case StageKind::Break:
    case StageKind::Continue: return;
    case StageKind::Block: return labelled_block("block", stage.block);
    case StageKind::Par: return labelled_block("par", stage.block);
    case StageKind::Each:
      return labelled_block(fmt::format("each {}", name(stage.each->item.symbol)),
                            stage.each->body);
    case StageKind::Repeat: return repeat(*stage.repeat);
    case StageKind::If:
      for (const IfForm::Arm& arm : stage.if_->arms) {
        line("if", arm.condition->span);
        labelled("", arm.condition);
        Indent indent(*this);
        labelled_block("then", arm.body);
      }
      return labelled_block("else", stage.if_->otherwise);
    case StageKind::Match:
      line("match", stage.match->subject->span);
      labelled("", stage.match->subject);
      for (const MatchForm::Arm& arm : stage.match->arms)
        labelled_block(fmt::format("case {}", patterns(arm.patterns)), arm.body);
      return;
  }
}

void Printer::repeat(const RepeatForm& form) {
  if (form.list == nullptr) {
    labelled_block("repeat", form.body);
  } else {
    line(fmt::format("repeat {}", name(form.item.symbol)), form.item.span);
    labelled("in", form.list);
    Indent indent(*this);
    labelled_block("body", form.body);
  }
  if (form.until == nullptr) return;
  line("until", form.until->span);
  labelled("", form.until);
}

/// Nothing for none.
void Printer::labelled_block(std::string_view word, const Block* child) {
  if (child == nullptr) return;
  line(word, child->span);
  Indent indent(*this);
  block(*child);
}

void Printer::suffixes(const Stage& stage) {
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
