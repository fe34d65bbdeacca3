// Where in the tree the name of a probe stands.
#include "frontend/ast/walk.h"
#include "frontend/query/entity.h"
#include "frontend/query/probe.h"

namespace pflow::query {

namespace {

class SpotFinder {
 public:
  SpotFinder(const Snapshot& snapshot, uint32_t offset) : s_(snapshot), at_(offset) {}

  Spot run() {
    for (const ast::Import& import : s_.tree().imports)
      if (holds(import.target))
        found(import.package.symbol.valid() ? SpotKind::Package : SpotKind::Import).word =
            import.path;
    for (const ast::Decl* decl : s_.tree().decls) this->decl(*decl);
    return spot_;
  }

 private:
  [[nodiscard]] bool holds(Span span) const {
    return span.valid() && span.file == s_.file() && span.begin <= at_ &&
           at_ + kProbeName.size() <= span.end;
  }
  [[nodiscard]] bool is_probe(Symbol name) const {
    return name.valid() && s_.text(name).find(kProbeName) != std::string_view::npos;
  }
  Spot& found(SpotKind kind) {
    spot_.kind = kind;
    return spot_;
  }

  void decl(const ast::Decl& decl) {
    bool bare = decl.kind == ast::DeclKind::Flow && ast::as<ast::FlowDecl>(decl).bare;
    spot_.decl = holds(decl.span) || bare ? &decl : spot_.decl;
    ports(ports_of(decl));
    ports(outputs_of(decl));
    switch (decl.kind) {
      case ast::DeclKind::Flow:
      case ast::DeclKind::Test: return block(ast::as<ast::FlowDecl>(decl).body);
      case ast::DeclKind::Node: return expr(ast::as<ast::NodeDecl>(decl).body);
      case ast::DeclKind::Schema:
        for (const ast::SchemaField& field : ast::as<ast::SchemaDecl>(decl).fields) {
          type(field.type);
          expr(field.default_value);
        }
        return;
      case ast::DeclKind::Alias: return type(ast::as<ast::AliasDecl>(decl).type);
      case ast::DeclKind::NodeAlias:
      case ast::DeclKind::Extern: return;
    }
  }

  void ports(std::span<const ast::Port> ports) {
    for (const ast::Port& port : ports) {
      type(port.type);
      type(port.default_type);
      expr(port.default_value);
    }
  }

  void type(const ast::TypeExpr* type) {
    if (type == nullptr || !holds(type->span)) return;
    if (type->kind == ast::TypeExprKind::Named && is_probe(type->name)) {
      bool module = type->module.valid();
      Spot& spot = found(module ? SpotKind::Module : SpotKind::Type);
      if (module) spot.word = s_.text(type->module);
    }
    for (const ast::TypeExpr* part : type->parts) this->type(part);
  }

  void block(const ast::Block* block) {
    if (block == nullptr) return;
    for (const ast::Statement* each : block->statements)
      if (holds(each->span)) statement(*each);
  }

  void statement(const ast::Statement& statement) {
    if (statement.kind == ast::StatementKind::Let)
      type(ast::as<ast::LetStatement>(statement).let.type);
    if (statement.kind == ast::StatementKind::Transition) {
      const auto& transition = ast::as<ast::TransitionStatement>(statement);
      if (holds(transition.action_span))
        found(SpotKind::Action).word = s_.text(transition.label.symbol);
    }
    if (statement.kind == ast::StatementKind::OnError)
      block(ast::as<ast::OnErrorStatement>(statement).body);
    if (statement.kind == ast::StatementKind::Stub &&
        is_probe(ast::as<ast::StubStatement>(statement).target.symbol))
      found(SpotKind::Value);
    const ast::Chain* chain = ast::chain_of(statement);
    if (chain == nullptr)
      return ast::for_each_root(statement, [&](const ast::Expr& root) { expr(&root); });
    for (const ast::Stage* each : chain->stages)
      stage(*each, each->span.begin == statement.span.begin);
  }

  void stage(const ast::Stage& stage, bool first) {
    if (!holds(stage.span)) return;
    ast::for_each_root(stage, [&](const ast::Expr& root) { expr(&root); });
    if (stage.expr != nullptr && stage.expr->kind == ast::ExprKind::Name &&
        holds(stage.expr->span)) {
      spot_.begins_stage = true;
      spot_.begins_statement = first;
    }
    if (stage.match != nullptr)
      for (const ast::MatchForm::Arm& arm : stage.match->arms)
        patterns(arm.patterns, *stage.match->subject);
    for (const ast::PolicyEntry& policy : stage.policies)
      if (holds(policy.name.span)) found(SpotKind::Policy).stage = &stage;
    for (const ast::Binding& binding : stage.bindings)
      if (stage.binds_ports && holds(binding.port.span)) found(SpotKind::Output).stage = &stage;
    ast::for_each_block(stage, [&](const ast::Block& inner) { block(&inner); });
  }

  void patterns(std::span<const ast::Pattern> patterns, const ast::Expr& subject) {
    for (const ast::Pattern& pattern : patterns)
      if (holds(pattern.span)) {
        bool text = pattern.kind == ast::PatternKind::Text;
        Spot& spot = found(text ? SpotKind::Literal : SpotKind::Type);
        spot.asked = s_.type_of(subject);
      }
  }

  void expr(const ast::Expr* expr) {
    if (expr == nullptr || !holds(expr->span)) return;
    switch (expr->kind) {
      case ast::ExprKind::Name: return name(ast::as<ast::NameExpr>(*expr));
      case ast::ExprKind::Template: literal(ast::as<ast::TemplateExpr>(*expr)); break;
      case ast::ExprKind::Field: {
        const auto& field = ast::as<ast::FieldExpr>(*expr);
        if (holds(field.field.span)) found(SpotKind::Member).base = field.base;
        break;
      }
      case ast::ExprKind::Call: call(ast::as<ast::CallExpr>(*expr)); break;
      case ast::ExprKind::Record: record(ast::as<ast::RecordExpr>(*expr)); break;
      case ast::ExprKind::Match: {
        const auto& match = ast::as<ast::MatchExpr>(*expr);
        for (const ast::MatchArm& arm : match.arms) patterns(arm.patterns, *match.subject);
        break;
      }
      case ast::ExprKind::Block:
        for (const ast::LetBinding& let : ast::as<ast::BlockExpr>(*expr).lets) type(let.type);
        break;
      case ast::ExprKind::Error:
      case ast::ExprKind::Int:
      case ast::ExprKind::Float:
      case ast::ExprKind::Bool:
      case ast::ExprKind::None:
      case ast::ExprKind::Duration:
      case ast::ExprKind::Index:
      case ast::ExprKind::Slice:
      case ast::ExprKind::Lambda:
      case ast::ExprKind::Unary:
      case ast::ExprKind::Binary:
      case ast::ExprKind::If:
      case ast::ExprKind::Map:
      case ast::ExprKind::List: break;
    }
    ast::for_each_child(*expr, [&](const ast::Expr& child) { this->expr(&child); });
  }

  void name(const ast::NameExpr& expr) {
    std::string_view written = s_.text(expr.name);
    size_t dot = written.find('.');
    Spot& spot = found(dot == std::string_view::npos ? SpotKind::Value : SpotKind::Module);
    if (dot != std::string_view::npos) spot.word = written.substr(0, dot);
    spot.asked = s_.asked_of(expr);
    spot.names_argument = spot.argument != nullptr && spot.argument->value == &expr;
  }

  void literal(const ast::TemplateExpr& expr) {
    for (const ast::TemplatePart& part : expr.parts)
      if (part.value != nullptr && holds(part.span)) return;
    found(SpotKind::Literal).asked = s_.asked_of(expr);
  }

  void call(const ast::CallExpr& call) {
    if (at_ < call.callee->span.end) return;
    spot_.call = &call;
    spot_.argument = nullptr;
    for (const ast::Argument& argument : call.arguments) {
      if (!holds(argument.span)) continue;
      spot_.argument = &argument;
      if (argument.name.valid() && holds(argument.name_span)) {
        found(SpotKind::Value).names_argument = true;
      }
      type(argument.type);
    }
  }

  void record(const ast::RecordExpr& record) {
    if (record.type.symbol.valid() && holds(record.type.span)) found(SpotKind::Type);
    for (const ast::FieldInit& init : record.fields)
      if (holds(init.name.span)) found(SpotKind::Field).record = &record;
  }

  const Snapshot& s_;
  uint32_t at_;
  Spot spot_;
};

}  // namespace

Spot find_spot(const Snapshot& snapshot, uint32_t offset) {
  return SpotFinder(snapshot, offset).run();
}

}  // namespace pflow::query
