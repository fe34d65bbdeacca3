#include <algorithm>

#include "frontend/parse/build.h"

namespace pflow::parse {

namespace {

using Tok = FlowParser;

/// Suffixes stand in this order.
int rank(TokenType kind) { return kind == Tok::WITH ? 0 : kind == Tok::ARROW ? 1 : 2; }

constexpr std::string_view kSuffixNames[] = {"with", "->", "as"};

}  // namespace

ast::Chain Builder::chain(const std::vector<FlowParser::StageContext*>& stages,
                          const std::vector<FlowParser::ChainOpContext*>& operators, Span span) {
  for (auto* each : operators) {
    Span both = join(this->span(*each->first), this->span(*each->second));
    if (both.end - both.begin == 2) continue;
    reports_->report(diag::split_chain_operator, both)
        .label("a space inside the operator")
        .help("write `>>`", {both, ">>"});
  }
  std::vector<ast::Stage*> made;
  for (auto* each : stages) made.push_back(stage(*each));
  return {arena_->copy(made), span};
}

ast::Stage* Builder::stage(FlowParser::StageContext& context) {
  auto* made = arena_->make<ast::Stage>();
  made->id = ast::StageId(ids_->next_stage++);
  made->span = span(context);
  FlowParser::PrimaryContext* atom = context.value != nullptr ? context.value->atom : nullptr;
  if (context.end != nullptr) {
    made->kind = ast::StageKind::End;
  } else if (atom != nullptr && atom->braces != nullptr && !is_record_copy(*atom->braces)) {
    made->kind = ast::StageKind::Block;
    made->block = block_stage(*atom->braces);
  } else {
    made->kind = ast::StageKind::Expr;
    made->expr = expr(*context.value);
  }
  if (check_suffix_order(context.suffixes)) suffixes(context.suffixes, *made);
  return made;
}

bool Builder::is_record_copy(FlowParser::BlockContext& context) {
  return context.statements.size() == 1 && context.statements[0]->spread != nullptr;
}

const ast::Block* Builder::block_stage(FlowParser::BlockContext& context) {
  std::vector<ast::Statement*> statements;
  for (auto* each : context.statements)
    if (ast::Statement* made = statement(*each)) statements.push_back(made);
  return block(statements, span(context));
}

const ast::Block* Builder::block(std::vector<ast::Statement*>& statements, Span span) {
  return arena_->make<ast::Block>(arena_->copy(statements), span);
}

/// One report a stage; the edit puts all its suffixes in order.
bool Builder::check_suffix_order(const std::vector<FlowParser::SuffixContext*>& list) {
  for (size_t i = 1; i < list.size(); ++i) {
    int here = rank(type_of(*list[i]->kind));
    for (size_t j = 0; j < i; ++j) {
      int before = rank(type_of(*list[j]->kind));
      if (before < here) continue;
      if (before == here) {
        reports_->report(diag::suffix_twice, span(*list[i]), kSuffixNames[here])
            .label("the second one")
            .secondary(span(*list[j]), "the first one")
            .help("take one out", {span(*list[i]), ""});
        return false;
      }
      auto sorted = list;
      std::stable_sort(sorted.begin(), sorted.end(), [](auto* a, auto* b) {
        return rank(type_of(*a->kind)) < rank(type_of(*b->kind));
      });
      std::string ordered;
      for (auto* each : sorted) ordered += fmt::format(" {}", text(span(*each)));
      reports_->report(diag::suffix_order, span(*list[i]), kSuffixNames[here], kSuffixNames[before])
          .label(fmt::format("stands before `{}`", kSuffixNames[before]))
          .secondary(span(*list[j]), fmt::format("`{}` is here", kSuffixNames[before]))
          .help("the order is `with`, `->`, `as`",
                {join(span(*list.front()), span(*list.back())), ordered.substr(1)});
      return true;
    }
  }
  return true;
}

void Builder::suffixes(const std::vector<FlowParser::SuffixContext*>& list, ast::Stage& stage) {
  for (auto* each : list) {
    switch (type_of(*each->kind)) {
      case Tok::WITH: with_suffix(*each, stage); break;
      case Tok::ARROW: arrow_suffix(*each, stage); break;
      default: stage.label = own_name(*each->label, "label"); labels_.push_back(stage.label.symbol);
    }
  }
}

void Builder::with_suffix(FlowParser::SuffixContext& context, ast::Stage& stage) {
  std::vector<ast::PolicyEntry> entries;
  for (auto* each : context.policies)
    entries.push_back({any_name(*each->name), expr(*each->value)});
  stage.policies = arena_->copy(entries);
  stage.policies_span = span(context);
}

void Builder::arrow_suffix(FlowParser::SuffixContext& context, ast::Stage& stage) {
  std::vector<ast::Binding> bindings;
  if (context.key != nullptr) bindings.push_back({ast::Name(), own_name(*context.key, "key")});
  for (auto* each : context.bindings)
    bindings.push_back({any_name(*each->output), own_name(*each->key, "key")});
  stage.bindings = arena_->copy(bindings);
  stage.binds_ports = context.key == nullptr;
}

}  // namespace pflow::parse
