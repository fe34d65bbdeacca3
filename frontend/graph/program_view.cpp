#include "frontend/graph/program_view.h"

#include "frontend/ast/effects.h"
#include "frontend/sema/declare/program_effects.h"
#include "support/display_width.h"

namespace pflow::graph {

namespace {

uint64_t extent(Span span) { return uint64_t{span.begin} << 32 | span.end; }

constexpr uint16_t bits(ast::Effect effect) { return static_cast<uint16_t>(effect); }

constexpr uint16_t kFiles = bits(ast::Effect::FsRead) | bits(ast::Effect::FsWrite);
constexpr uint16_t kTerminal = bits(ast::Effect::Stdin) | ast::Attributes::kStdout;

size_t code_points(std::string_view text) {
  size_t count = 0;
  for (char c : text) count += (static_cast<unsigned char>(c) & 0xC0U) != 0x80U;
  return count;
}

}  // namespace

ProgramView::ProgramView(const sema::Program& program, const ir::Module& module,
                         const SourceMap& sources, const Interner& names)
    : program_(program),
      module_(module),
      sources_(sources),
      names_(names),
      effects_(sema::program_effects(program)),
      sites_(sources.size()) {
  for (const ir::Site& site : module.sites)
    if (site.span.valid()) sites_[site.span.file.index].emplace(extent(site.span), site.id);
  choose_flows();
  read_transitions();
}

void ProgramView::choose_flows() {
  for (const sema::Body& body : program_.bodies) {
    const sema::Callable& callable = program_.callable(body.callable);
    if (callable.kind != sema::CallableKind::Flow || callable.decl->kind != ast::DeclKind::Flow)
      continue;
    if (body.callable == program_.entry)
      flows_.insert(flows_.begin(), &body);
    else
      flows_.push_back(&body);
  }
  for (const sema::Body* body : flows_)
    flow_numbers_.emplace(body->callable, static_cast<int>(flow_numbers_.size()));
}

void ProgramView::read_transitions() {
  for (size_t i = 0; i < program_.stages.size(); ++i)
    for (const sema::Transition& transition : program_.stages[i].transitions)
      taken_[transition.statement].push_back({ast::StageId(i), transition.action});
}

std::string ProgramView::short_text(Span span, size_t most) const {
  std::string line;
  std::string_view rest = sources_.text(span);
  for (size_t count = 0; !rest.empty() && count < most;) {
    const CodePoint point = decode_front(rest);
    std::string_view piece = rest.substr(0, point.length);
    rest.remove_prefix(point.length);
    const bool blank = std::string_view(" \n\r\t").find(piece) != std::string_view::npos;
    if (blank && (line.empty() || line.back() == ' ')) continue;
    line += blank ? " " : piece;
    ++count;
  }
  return rest.empty() ? line : line + "…";
}

Place ProgramView::place(Span span) {
  const bool goes_on = last_.valid() && last_.file == span.file && last_.begin <= span.begin;
  std::string_view between =
      goes_on ? sources_.text(span.file).substr(last_.begin, span.begin - last_.begin) : "";
  if (goes_on && between.find('\n') == std::string_view::npos)
    last_place_.column += static_cast<uint32_t>(code_points(between));
  else
    last_place_ = sources_.line_column(span.file, span.begin);
  last_ = span;
  return {std::string(sources_.name(span.file)), last_place_.line, last_place_.column};
}

std::string ProgramView::site(Span span) const {
  const auto& sites = sites_[span.file.index];
  auto found = sites.find(extent(span));
  return found == sites.end() ? std::string() : std::string(found->second);
}

const std::vector<TakenAction>& ProgramView::taken_by(
    const ast::TransitionStatement& transition) const {
  static const std::vector<TakenAction> kNone;
  auto found = taken_.find(&transition);
  return found == taken_.end() ? kNone : found->second;
}

std::vector<std::string> ProgramView::effects(sema::CallableId callable) const {
  std::vector<std::string> names;
  for (std::string_view name : ast::names_of_effects(effects_[callable.index]))
    names.emplace_back(name);
  return names;
}

Group ProgramView::group(sema::CallableId callable) const {
  const sema::Callable& called = program_.callable(callable);
  const uint16_t effects = effects_[callable.index];
  if (called.kind == sema::CallableKind::Flow) return Group::Flow;
  if ((effects & bits(ast::Effect::Net)) != 0)
    return called.module == "models" ? Group::Model : Group::Network;
  if ((effects & bits(ast::Effect::Process)) != 0) return Group::Process;
  if ((effects & kFiles) != 0) return Group::Files;
  if ((effects & kTerminal) != 0) return Group::Terminal;
  return effects != 0 ? Group::System : Group::Pure;
}

int ProgramView::flow_of(sema::CallableId callable) const {
  auto found = flow_numbers_.find(callable);
  return found == flow_numbers_.end() ? -1 : found->second;
}

int ProgramView::callee_of(sema::CallableId callable) {
  auto [at, fresh] = callee_numbers_.try_emplace(callable, static_cast<int>(callees_.size()));
  if (fresh) callees_.push_back(doc(callable));
  return at->second;
}

query::NodeDoc ProgramView::doc(sema::CallableId id) const {
  const sema::Callable& callable = program_.callable(id);
  std::string_view home = callable.kind == sema::CallableKind::Extern
                              ? std::string_view(callable.module)
                              : sources_.name(callable.decl->span.file);
  query::NodeDoc made = query::node_doc(*callable.decl, home, sources_, names_);
  made.effects = effects(id);
  // The results of a flow may stand without their types.
  for (size_t i = 0; i < made.outputs.size() && i < callable.outputs.size(); ++i)
    if (made.outputs[i].type.empty() && callable.outputs[i].type.valid())
      made.outputs[i].type = module_.types->name(callable.outputs[i].type);
  return made;
}

}  // namespace pflow::graph
