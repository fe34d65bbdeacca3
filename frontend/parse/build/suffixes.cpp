#include "frontend/parse/build/suffixes.h"

#include <algorithm>

#include "frontend/parse/build/names.h"

namespace pflow::parse {

namespace {

/// Suffixes stand in this order.
int rank(const FlowParser::SuffixContext& suffix) {
  if (suffix.with != nullptr) return 0;
  return suffix.label == nullptr ? 1 : 2;
}

constexpr std::string_view kSuffixNames[] = {"with", "->", "as"};

}  // namespace

bool check_suffix_order(Builder& b, const std::vector<FlowParser::SuffixContext*>& list) {
  for (size_t i = 1; i < list.size(); ++i) {
    int here = rank(*list[i]);
    for (size_t j = 0; j < i; ++j) {
      int before = rank(*list[j]);
      if (before < here) continue;
      if (before == here) {
        b.reports.report(diag::suffix_twice, b.span(*list[i]), kSuffixNames[here])
            .label("the second one")
            .secondary(b.span(*list[j]), "the first one")
            .help("take one out");
        return false;
      }
      auto sorted = list;
      std::stable_sort(sorted.begin(), sorted.end(),
                       [](auto* a, auto* b) { return rank(*a) < rank(*b); });
      std::string ordered;
      for (auto* each : sorted) ordered += fmt::format(" {}", b.text(b.span(*each)));
      b.reports
          .report(diag::suffix_order, b.span(*list[i]), kSuffixNames[here], kSuffixNames[before])
          .label(fmt::format("stands before `{}`", kSuffixNames[before]))
          .secondary(b.span(*list[j]), fmt::format("`{}` is here", kSuffixNames[before]))
          .help("the order is `with`, `->`, `as`",
                {join(b.span(*list.front()), b.span(*list.back())), ordered.substr(1)})
          .certain();
      return true;
    }
  }
  return true;
}

bool check_policies_place(Builder& b, FlowParser::StageContext& context) {
  FlowParser::PrimaryContext* atom = context.value != nullptr ? context.value->atom : nullptr;
  bool branch = atom != nullptr && (atom->conditional != nullptr || atom->matching != nullptr);
  FlowParser::BlockContext* body = nullptr;
  if (context.each != nullptr) body = context.each->body;
  if (context.parallel != nullptr) body = context.parallel->body;
  if (context.repeat != nullptr) body = context.repeat->body;
  if (!branch && body == nullptr) return true;
  for (auto* each : context.suffixes) {
    if (each->with == nullptr) continue;
    Span with = b.span(*each);
    std::string_view word = b.text(b.span(*context.start));
    if (branch) {
      b.reports.report(diag::policies_of_branch, with, word)
          .label("belongs to a block around it")
          .secondary(b.span(*context.start), fmt::format("this `{}`", word))
          .help(fmt::format("put the `{}` into braces: `{{ {} … }}`", word, word));
      return false;
    }
    Span moved{with.file, b.span(*body).begin, with.end};
    std::string_view form = b.text({with.file, moved.begin, with.begin});
    form = form.substr(0, form.find_last_not_of(" \t\r\n") + 1);
    b.reports.report(diag::policies_after_body, with, word)
        .label("belongs before the `{`")
        .secondary(b.span(*body->start), "the body begins here")
        .help("put it before the body", {moved, fmt::format("{} {}", b.text(with), form)})
        .certain();
    return false;
  }
  return true;
}

void build_policies(Builder& b, FlowParser::PoliciesContext& context, ast::Stage& stage) {
  std::vector<ast::PolicyEntry> entries;
  for (auto* each : context.items)
    entries.push_back({any_name(b, *each->name), b.expr(*each->value)});
  stage.policies = b.arena.copy(entries);
  stage.policies_span = b.span(context);
}

namespace {

void arrow_suffix(Builder& b, FlowParser::SuffixContext& context, ast::Stage& stage) {
  std::vector<ast::Binding> bindings;
  if (context.key != nullptr) bindings.push_back({ast::Name(), own_name(b, *context.key, "key")});
  for (auto* each : context.bindings)
    bindings.push_back({any_name(b, *each->output), own_name(b, *each->key, "key")});
  stage.bindings = b.arena.copy(bindings);
  stage.binds_ports = context.key == nullptr;
}

}  // namespace

void build_suffixes(Builder& b, const std::vector<FlowParser::SuffixContext*>& list,
                    ast::Stage& stage) {
  for (auto* each : list) {
    if (each->with != nullptr) {
      build_policies(b, *each->with, stage);
    } else if (each->label != nullptr) {
      stage.label = own_name(b, *each->label, "label");
      stage.label_span = b.span(*each);
      b.unquoted_actions.add_label(stage.label.symbol);
    } else {
      arrow_suffix(b, *each, stage);
    }
  }
}

}  // namespace pflow::parse
