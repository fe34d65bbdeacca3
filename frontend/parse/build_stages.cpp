#include <algorithm>

#include "frontend/parse/build.h"

namespace pflow::parse {

namespace {

using Tok = FlowParser;

/// Suffixes stand in this order.
int rank(const FlowParser::SuffixContext& suffix) {
  if (suffix.with != nullptr) return 0;
  return suffix.label == nullptr ? 1 : 2;
}

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
  for (auto* each : stages) made.push_back(stage(*each, each == stages.front()));
  return {arena_->copy(made), span};
}

ast::Stage* Builder::stage(FlowParser::StageContext& context, bool first) {
  auto* made = arena_->make<ast::Stage>();
  made->id = ast::StageId(ids_->next_stage++);
  made->span = span(context);
  stage_form(context, first, *made);
  if (check_policies_place(context) && check_suffix_order(context.suffixes))
    suffixes(context.suffixes, *made);
  return made;
}

void Builder::stage_form(FlowParser::StageContext& context, bool first, ast::Stage& stage) {
  FlowParser::PrimaryContext* atom = context.value != nullptr ? context.value->atom : nullptr;
  if (context.end != nullptr) {
    stage.kind = ast::StageKind::End;
  } else if (context.each != nullptr) {
    stage.kind = ast::StageKind::Each;
    if (context.each->before != nullptr) policies(*context.each->before, stage);
    stage.each = each_form(*context.each, first);
  } else if (context.parallel != nullptr) {
    stage.kind = ast::StageKind::Par;
    if (context.parallel->before != nullptr) policies(*context.parallel->before, stage);
    stage.block = body(*context.parallel->body);
  } else if (context.repeat != nullptr) {
    stage.kind = ast::StageKind::Repeat;
    if (context.repeat->before != nullptr) policies(*context.repeat->before, stage);
    stage.repeat = repeat_form(*context.repeat);
  } else if (atom != nullptr && atom->conditional != nullptr) {
    stage.kind = ast::StageKind::If;
    stage.if_ = if_form(*atom->conditional);
  } else if (atom != nullptr && atom->matching != nullptr) {
    stage.kind = ast::StageKind::Match;
    stage.match = match_form(*atom->matching);
  } else if (atom != nullptr && atom->braces != nullptr &&
             braces_of(*atom->braces) == Braces::Statements) {
    stage.kind = ast::StageKind::Block;
    stage.block = body(*atom->braces);
  } else {
    stage.kind = ast::StageKind::Expr;
    stage.expr = expr(*context.value);
  }
}

const ast::Block* Builder::body(FlowParser::BlockContext& context) {
  std::vector<ast::Statement*> statements;
  for (auto* each : context.statements)
    if (ast::Statement* made = statement(*each)) statements.push_back(made);
  return block(statements, span(context));
}

const ast::Block* Builder::block(std::vector<ast::Statement*>& statements, Span span) {
  check_entries_alone(statements);
  return arena_->make<ast::Block>(arena_->copy(statements), span);
}

/// One report a stage; the edit puts all its suffixes in order.
bool Builder::check_suffix_order(const std::vector<FlowParser::SuffixContext*>& list) {
  for (size_t i = 1; i < list.size(); ++i) {
    int here = rank(*list[i]);
    for (size_t j = 0; j < i; ++j) {
      int before = rank(*list[j]);
      if (before < here) continue;
      if (before == here) {
        reports_->report(diag::suffix_twice, span(*list[i]), kSuffixNames[here])
            .label("the second one")
            .secondary(span(*list[j]), "the first one")
            .help("take one out", {span(*list[i]), ""});
        return false;
      }
      auto sorted = list;
      std::stable_sort(sorted.begin(), sorted.end(),
                       [](auto* a, auto* b) { return rank(*a) < rank(*b); });
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

/// `with` after a body: `each`, `par` and `repeat` take it before, `if` and
/// `match` not at all.
bool Builder::check_policies_place(FlowParser::StageContext& context) {
  FlowParser::PrimaryContext* atom = context.value != nullptr ? context.value->atom : nullptr;
  bool branch = atom != nullptr && (atom->conditional != nullptr || atom->matching != nullptr);
  FlowParser::BlockContext* body = nullptr;
  if (context.each != nullptr) body = context.each->body;
  if (context.parallel != nullptr) body = context.parallel->body;
  if (context.repeat != nullptr) body = context.repeat->body;
  if (!branch && body == nullptr) return true;
  for (auto* each : context.suffixes) {
    if (each->with == nullptr) continue;
    Span with = span(*each);
    std::string_view word = text(span(*context.start));
    if (branch) {
      Span form = span(*context.value);
      reports_->report(diag::policies_of_branch, with, word)
          .label("belongs to a block around it")
          .secondary(span(*context.start), fmt::format("this `{}`", word))
          .help("put it into braces", {form, fmt::format("{{ {} }}", text(form))});
      return false;
    }
    Span moved{with.file, span(*body).begin, with.end};
    std::string_view form = text({with.file, moved.begin, with.begin});
    form = form.substr(0, form.find_last_not_of(" \t\r\n") + 1);
    reports_->report(diag::policies_after_body, with, word)
        .label("belongs before the `{`")
        .secondary(span(*body->start), "the body begins here")
        .help("put it before the body", {moved, fmt::format("{} {}", text(with), form)});
    return false;
  }
  return true;
}

void Builder::suffixes(const std::vector<FlowParser::SuffixContext*>& list, ast::Stage& stage) {
  for (auto* each : list) {
    if (each->with != nullptr) {
      policies(*each->with, stage);
    } else if (each->label != nullptr) {
      stage.label = own_name(*each->label, "label");
      labels_.push_back(stage.label.symbol);
    } else {
      arrow_suffix(*each, stage);
    }
  }
}

void Builder::policies(FlowParser::PoliciesContext& context, ast::Stage& stage) {
  std::vector<ast::PolicyEntry> entries;
  for (auto* each : context.items) entries.push_back({any_name(*each->name), expr(*each->value)});
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
