#include "frontend/query/completion.h"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <set>

#include "frontend/packages/search_order.h"
#include "frontend/query/completion_list.h"
#include "frontend/query/entity.h"
#include "frontend/query/words.h"
#include "frontend/sema/types/conversions.h"
#include "ir/policies.h"

namespace pflow::query {

namespace {

constexpr std::string_view kTopWords[] = {"flow",  "node",   "schema", "type",
                                          "alias", "import", "test",   "durable"};
constexpr std::string_view kStatementWords[] = {"let",  "if",       "match",  "par",   "repeat",
                                                "each", "on error", "return", "break", "continue"};
constexpr std::string_view kStageWords[] = {"each", "par", "repeat", "if", "match", "end"};
constexpr std::string_view kValueWords[] = {"if", "match", "not", "true", "false", "none"};

void words(CompletionList& list, std::span<const std::string_view> words, int rank) {
  for (std::string_view word : words)
    list.add({ItemKind::Keyword, std::string(word), {}, {}, {}, rank});
}

void ports(CompletionList& list, const ast::CallExpr& call) {
  const ast::Decl* callee = list.callee(call);
  if (callee == nullptr) return;
  for (const ast::Port& port : ports_of(*callee)) {
    bool given = std::ranges::any_of(call.arguments, [&](const ast::Argument& argument) {
      return argument.name == port.name.symbol && argument.name.valid();
    });
    if (!given && port.name.symbol.valid()) list.port(ItemKind::Port, port, ": ", 0);
  }
}

void value(CompletionList& list, const Spot& spot, uint32_t offset) {
  if (spot.names_argument && spot.call != nullptr) ports(list, *spot.call);
  list.literals(spot.asked, true);
  if (spot.decl != nullptr) {
    list.keys(*spot.decl, offset, spot.asked);
    for (const LabelInSight& label : labels_in_sight(*spot.decl, offset))
      list.add({ItemKind::Label, std::string(list.text(label.name.symbol)), "label", {}, {}, 4});
  }
  bool bare = spot.decl != nullptr && spot.decl->kind == ast::DeclKind::Flow &&
              ast::as<ast::FlowDecl>(*spot.decl).bare;
  if (spot.begins_statement && bare) words(list, kTopWords, 1);
  if (spot.begins_statement && !bare) words(list, kStatementWords, 5);
  if (spot.begins_stage) words(list, kStageWords, 5);
  words(list, kValueWords, 6);
  list.callables();
  list.types(7);
}

void fields(CompletionList& list, const ast::RecordExpr& record) {
  const Snapshot& s = list.snapshot();
  const ir::Type& type = s.types.get(s.type_of(record));
  for (const ir::Field& field : type.fields) {
    bool given = std::ranges::any_of(record.fields, [&](const ast::FieldInit& init) {
      return s.text(init.name.symbol) == field.name;
    });
    if (!given)
      list.add(
          {ItemKind::Field, field.name, s.types.name(field.type), field.doc, field.name + ": ", 0});
  }
}

void policies(CompletionList& list, const ast::Stage& stage) {
  for (const ir::PolicyInfo& policy : ir::all_policies()) {
    bool given = std::ranges::any_of(stage.policies, [&](const ast::PolicyEntry& entry) {
      return list.text(entry.name.symbol) == policy.word;
    });
    if (given || policy.scope == ir::PolicyScope::Skipping) continue;
    bool of_each = policy.scope == ir::PolicyScope::Each;
    list.add({ItemKind::Policy, std::string(policy.word), std::string(policy.expects),
              policy_text(policy.word), fmt::format("{}: ", policy.word),
              of_each == (stage.each != nullptr) ? 0 : 1});
  }
}

void actions(CompletionList& list, const Spot& spot, uint32_t offset) {
  if (spot.decl == nullptr) return;
  const sema::Program& program = list.snapshot().program();
  for (const LabelInSight& label : labels_in_sight(*spot.decl, offset)) {
    if (list.text(label.name.symbol) != spot.word) continue;
    auto action = [&](std::string_view name, std::string_view detail, int rank) {
      list.add({ItemKind::Action, std::string(name), std::string(detail), {}, {}, rank});
    };
    if (label.stage->id.index < program.stages.size()) {
      const sema::StageInfo& info = program.stage(label.stage->id);
      for (const std::string& name : info.actions) action(name, "action", 0);
      if (info.max_visits >= 0 || info.max != nullptr) action("limit", "after its last run", 1);
    }
    action("error", "when it fails", 1);
  }
}

void outputs(CompletionList& list, const ast::Stage& stage) {
  if (stage.each != nullptr)
    for (std::string_view name : {"results", "skipped", "errors"})
      list.add({ItemKind::Port,
                std::string(name),
                "output of `each`",
                {},
                fmt::format("{}: ", name),
                0});
  if (stage.expr == nullptr || stage.expr->kind != ast::ExprKind::Call) return;
  if (const ast::Decl* callee = list.callee(ast::as<ast::CallExpr>(*stage.expr)))
    for (const ast::Port& port : outputs_of(*callee))
      if (port.name.symbol.valid()) list.port(ItemKind::Port, port, ": ", 0);
}

/// Programs and folders beside the file, below what is written of the path.
void imports(CompletionList& list, const Spot& spot, FileSystem& files) {
  std::filesystem::path own(list.snapshot().sources.name(list.snapshot().file()));
  std::string written = spot.word.substr(0, spot.word.find(kProbeName));
  std::string folder = written.substr(0, written.rfind('/') + 1);
  std::filesystem::path place = own.parent_path() / folder;
  for (const std::string& name : files.names_in(place.empty() ? "." : place.string())) {
    if (name.starts_with('.')) continue;
    bool program = std::filesystem::path(name).extension() == ".pf";
    bool itself = files.identity((place / name).string()) == files.identity(own.string());
    if (program && !itself)
      list.add({ItemKind::File, name, {}, {}, {}, 0});
    else if (!program && files.kind((place / name).string()) == FileKind::Folder)
      list.add({ItemKind::File, name + "/", {}, {}, {}, 1});
  }
}

void packages_in_sight(CompletionList& list, const packages::Places& places, FileSystem& files) {
  const std::string_view program = list.snapshot().sources.name(list.snapshot().file());
  for (const std::string& place : packages::search_order(files, program, places))
    for (const packages::PackageFolder& package : packages::packages_in(files, place))
      list.add({ItemKind::File, package.name, "package", {}, {}, 0});
}

}  // namespace

std::vector<CompletionItem> complete(const Probe& probe, const StandardNodes& standard,
                                     const packages::Places& places, FileSystem& files) {
  CompletionList list(probe.snapshot(), standard);
  const Spot& spot = probe.spot();
  switch (spot.kind) {
    case SpotKind::None: break;
    case SpotKind::Top:
      words(list, kTopWords, 0);
      list.callables();
      break;
    case SpotKind::Value: value(list, spot, probe.offset()); break;
    case SpotKind::Member: list.members(*spot.base, spot.decl, probe.offset()); break;
    case SpotKind::Module: list.module(spot.word); break;
    case SpotKind::Type:
      list.variants(spot.asked);
      list.types(1);
      break;
    case SpotKind::Field: fields(list, *spot.record); break;
    case SpotKind::Policy: policies(list, *spot.stage); break;
    case SpotKind::Action: actions(list, spot, probe.offset()); break;
    case SpotKind::Literal: list.literals(spot.asked, false); break;
    case SpotKind::Import: imports(list, spot, files); break;
    case SpotKind::Package: packages_in_sight(list, places, files); break;
    case SpotKind::Output: outputs(list, *spot.stage); break;
  }
  return list.take();
}

}  // namespace pflow::query
