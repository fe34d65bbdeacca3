#include "frontend/sema/calls/asked_shape.h"

#include <algorithm>
#include <map>

#include "runtime/include/pflow/tables/schema_limits.h"

namespace pflow::sema {

using ir::TypeId;
using ir::TypeKind;

namespace {

/// What a provider counts in a schema.
struct ShapeCount {
  size_t properties = 0, depth = 0, literals = 0, letters = 0, unions = 0;
  bool recursion = false;
  bool open = false;  ///< maps, `json`
};

/// Counts a type as the node writes it: a type that holds itself once, others at each place.
class ShapeCounter {
 public:
  explicit ShapeCounter(const ir::TypeTable& types) : types_(types) {}

  ShapeCount of(TypeId id) {
    auto [known, fresh] = known_.try_emplace(id);
    if (fresh) {
      open_.push_back(id);
      ShapeCount made = count(id);
      open_.pop_back();
      return known_[id] = made;
    }
    if (std::ranges::find(open_, id) == open_.end()) return known->second;
    const TypeKind kind = types_.kind(id);
    return {.recursion = kind == TypeKind::Record || kind == TypeKind::Sum};
  }

 private:
  /// A schema may double with each level.
  static constexpr size_t kEnough = 1'000'000;

  static void add(ShapeCount& to, const ShapeCount& part) {
    auto sum = [](size_t a, size_t b) { return std::min(a + b, kEnough); };
    to.properties = sum(to.properties, part.properties);
    to.literals = sum(to.literals, part.literals);
    to.letters = sum(to.letters, part.letters);
    to.unions = sum(to.unions, part.unions);
    to.depth = std::max(to.depth, part.depth);
    to.recursion = to.recursion || part.recursion;
    to.open = to.open || part.open;
  }

  ShapeCount count(TypeId id) {
    const ir::Type& type = types_.get(id);
    ShapeCount made;
    if (type.kind == TypeKind::Record) return record(type);
    if (type.kind == TypeKind::Map || type.kind == TypeKind::Json) made.open = true;
    if (type.kind == TypeKind::Opt || type.kind == TypeKind::Sum) made.unions = 1;
    if (type.kind == TypeKind::Union) made.literals = type.literals.size();
    for (const std::string& literal : type.literals) made.letters += literal.size();
    if (type.element.valid()) add(made, of(type.element));
    for (TypeId variant : type.variants) {
      add(made, of(variant));
      made.properties += 1;
      made.literals += 1;
    }
    return made;
  }

  ShapeCount record(const ir::Type& type) {
    ShapeCount made;
    for (const ir::Field& field : type.fields) {
      add(made, of(field.type));
      made.properties += 1;
      made.letters += field.wire.size();
    }
    made.depth += 1;
    return made;
  }

  const ir::TypeTable& types_;
  std::map<TypeId, ShapeCount> known_;
  std::vector<TypeId> open_;
};

const tables::SchemaLimits* limits_of(std::string_view model) {
  for (const tables::SchemaLimits& limits : tables::kSchemaLimits) {
    std::string_view word = limits.word, starts = limits.models;
    if (model.starts_with(word) && model.substr(word.size()).starts_with('/')) return &limits;
    for (size_t end; (end = starts.find(' ')) != starts.npos; starts.remove_prefix(end + 1))
      if (model.starts_with(starts.substr(0, end))) return &limits;
  }
  return nullptr;
}

/// The text of a port's argument, when it is a literal.
std::string_view literal_of(const Context& ctx, const CallInfo& info, std::string_view port) {
  const Callable& callable = ctx.program.callable(info.callee);
  for (size_t i = 0; i < callable.ports.size() && i < info.arguments.size(); ++i) {
    const ast::Expr* expr = info.arguments[i].expr;
    if (ctx.text(callable.ports[i].name) != port || expr == nullptr) continue;
    if (expr->kind != ast::ExprKind::Template) continue;
    const auto& text = ast::as<ast::TemplateExpr>(*expr);
    if (text.is_literal()) return text.literal();
  }
  return {};
}

struct Beyond {
  std::vector<std::string> reasons;
  bool refused = false;  ///< whatever is done here
};

/// Each bound that the type is beyond, with its count.
Beyond beyond(const ShapeCount& count, const tables::SchemaLimits& limits) {
  Beyond made;
  std::vector<std::string>& found = made.reasons;
  auto check = [&](size_t number, size_t most, std::string_view what) {
    if (most != 0 && number > most)
      found.push_back(fmt::format("it has {} {}; {} takes {}", number, what, limits.shown, most));
  };
  check(count.properties, limits.properties, "fields in all");
  check(count.depth, limits.depth, "levels of schemas");
  check(count.literals, limits.literals, "literals in all");
  check(count.letters, limits.letters, "characters of names and literals");
  made.refused = !found.empty();
  check(count.unions, limits.unions, "optional fields and sum types");
  if (count.recursion && !limits.recursion)
    found.push_back(fmt::format("it holds itself, for which {} has no strict form", limits.shown));
  if (count.open && !limits.open)
    found.push_back(
        fmt::format("it holds a map or `json`, for which {} has no strict form", limits.shown));
  return made;
}

}  // namespace

void check_asked_shape(Context& ctx, const ast::CallExpr& call) {
  auto info = ctx.program.calls.find(call.id);
  if (info == ctx.program.calls.end() || !info->second.callee.valid()) return;
  const Callable& callable = ctx.program.callable(info->second.callee);
  if (callable.module != "models" || info->second.type_arguments.empty()) return;
  const tables::SchemaLimits* limits = limits_of(literal_of(ctx, info->second, "model"));
  TypeId type = info->second.type_arguments[0];
  if (limits == nullptr || ctx.types.is(type, TypeKind::Error)) return;
  auto [reasons, refused] = beyond(ShapeCounter(ctx.types).of(type), *limits);
  if (reasons.empty()) return;
  auto report = ctx.diagnostics.report(diag::schema_limit, call.callee->span, limits->shown,
                                       ctx.type_text(type));
  report.label(reasons.front());
  for (size_t i = 1; i < reasons.size(); ++i) report.note(reasons[i]);
  report.note(refused ? fmt::format("{} refuses such a schema", limits->shown) : limits->otherwise);
}

}  // namespace pflow::sema
