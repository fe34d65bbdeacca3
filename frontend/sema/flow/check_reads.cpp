/// Reads before a write on some path, and keys declared twice.
#include <algorithm>

#include "frontend/sema/flow/flow_checks.h"
#include "frontend/sema/flow/flow_wording.h"

namespace pflow::sema {
namespace {

Span setter_span(const FlowGraph& graph, Symbol name, FlowNodeId setter) {
  for (const ast::Name& key : graph.writes(setter)) {
    if (key.symbol == name) return key.span;
  }
  return {};
}

void report_key(FlowContext& context, const Read& read, FlowNodeId node) {
  const FlowGraph& graph = context.graph;
  std::string_view name = context.text(read.name);
  Span setter = setter_span(graph, read.name, graph.setters(read.name).front());
  if (!graph.set_on_some_path(read.name, node)) {
    context.diagnostics.report(diag::read_before_set, read.expr->span, name)
        .label("read here")
        .secondary(setter, fmt::format("`{}` is set only here", name))
        .note(fmt::format("`{} ?? …` reads a key that may be unset", name));
    return;
  }
  auto report = context.diagnostics.report(diag::unset_on_path, read.expr->span, name);
  report.label("may be unset here").secondary(setter, fmt::format("`{}` is set here", name));
  show_path(report, graph.unset_path(read.name, node));
  report.note(fmt::format("`{} ?? …` reads a key that may be unset", name));
}

void report_stage(FlowContext& context, const Read& read, FlowNodeId node) {
  std::string_view name = context.text(read.name);
  auto report = context.diagnostics.report(diag::not_completed, read.expr->span, name);
  report.label("its output may be unset here")
      .secondary(stage_span(*read.stage), fmt::format("`{}` stands here", name));
  show_path(report, context.graph.uncompleted_path(*read.stage, node));
}

}  // namespace

void check_reads(FlowContext& context) {
  const FlowGraph& graph = context.graph;
  struct Place {
    const Read* read;
    FlowNodeId node;
  };
  std::vector<Place> places;
  for (uint32_t n = 0; n < graph.size(); ++n) {
    FlowNodeId node(n);
    if (!graph.reachable(node)) continue;
    for (const Read& read : graph.reads(node)) {
      // A name that is none of a key here has been reported as such.
      bool is_key =
          graph.is_key(read.name) && context.program.expr_keys[read.expr->id.index].valid();
      bool is_read = read.stage != nullptr || is_key;
      if (is_read && !read.tolerant) places.push_back({&read, node});
    }
  }
  // By name, as the graph likes to be asked; a name is reported once a flow.
  std::sort(places.begin(), places.end(), [](const Place& a, const Place& b) {
    return std::pair(a.read->name, a.read) < std::pair(b.read->name, b.read);
  });
  Symbol reported;
  for (const auto& [read, node] : places) {
    if (read->name == reported) continue;
    bool is_set = read->stage != nullptr ? graph.completed_on_every_path(*read->stage, node)
                                         : graph.set_on_every_path(read->name, node);
    if (is_set) continue;
    reported = read->name;
    if (read->stage != nullptr)
      report_stage(context, *read, node);
    else
      report_key(context, *read, node);
  }
}

namespace {

/// Whether an `each` or a branch of a `par` stands between the two, or around one.
bool is_apart(const FlowGraph& graph, const ast::LetStatement& first, FlowNodeId second) {
  auto keeper = [&](FlowNodeId node) {
    for (RegionId at = graph.region_of(node); at.valid(); at = graph.region(at).parent) {
      RegionKind kind = graph.region(at).kind;
      if (kind == RegionKind::Each || kind == RegionKind::Branch) return at;
    }
    return RegionId();
  };
  return keeper(graph.node_of(static_cast<const ast::Statement&>(first))) != keeper(second);
}

}  // namespace

void check_lets(FlowContext& context) {
  const FlowGraph& graph = context.graph;
  for (uint32_t n = 0; n < graph.size(); ++n) {
    const ast::Statement* statement = graph.statement(FlowNodeId(n));
    if (graph.kind(FlowNodeId(n)) != FlowNodeKind::Let) continue;
    const auto& second = ast::as<ast::LetStatement>(*statement);
    const ast::LetStatement* first = graph.earlier_let(second);
    if (first == nullptr) continue;
    // In an `each` this is shadowing; in branches of a `par`, a race.
    if (is_apart(graph, *first, FlowNodeId(n))) continue;
    // Two lets in one loop reach each other: the one that comes later is second.
    if (first->span.begin > second.span.begin) continue;
    std::string_view name = context.text(second.let.name.symbol);
    auto report = context.diagnostics.report(diag::second_let, second.let.name.span, name);
    report.label("declared again here")
        .secondary(first->let.name.span, fmt::format("the first `let` of `{}`", name));
    if (second.let.type == nullptr) {
      Span word = {second.span.file, second.span.begin, second.let.name.span.begin};
      report.help("assign the key instead", {word, ""});
    }
  }
}

bool report_natural(const FlowGraph& graph, const Interner& names, Symbol port, Span read,
                    FlowNodeId node, Diagnostics& diagnostics) {
  std::string_view name = names.text(port);
  Natural natural = graph.natural(port, node);
  switch (natural.kind) {
    case Natural::Kind::One: return false;
    case Natural::Kind::Several:
      diagnostics.report(diag::ambiguous_output, read, name)
          .label("which stage's output?")
          .secondary(stage_span(*natural.stage), fmt::format("one `{}`", name))
          .secondary(stage_span(*natural.other), fmt::format("another `{}`", name))
          .note(fmt::format("`label.{}` reads the output of one stage; `-> key` keeps it", name));
      return true;
    case Natural::Kind::Partly: {
      auto report = diagnostics.report(diag::unset_output, read, name);
      report.label("may be unset here")
          .secondary(stage_span(*natural.stage), fmt::format("`{}` comes from here", name));
      show_path(report, graph.uncompleted_path(*natural.stage, node));
      return true;
    }
    case Natural::Kind::None:
      if (natural.stage == nullptr) return false;
      diagnostics.report(diag::unset_output, read, name)
          .label("read before its stage has run")
          .secondary(stage_span(*natural.stage), fmt::format("`{}` comes from here", name));
      return true;
  }
  return false;
}

}  // namespace pflow::sema
