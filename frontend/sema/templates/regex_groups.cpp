#include "frontend/sema/templates/regex_groups.h"

#include <re2/re2.h>

#include <algorithm>

#include "frontend/sema/nearest.h"
#include "frontend/sema/types/conversions.h"

namespace pflow::sema {

using ir::TypeId;
using ir::TypeKind;

namespace {

/// Whether the text of a group can be read as it.
bool is_read_from_text(const ir::TypeTable& types, TypeId type) {
  constexpr TypeKind kRead[] = {
      TypeKind::Str,   TypeKind::Path, TypeKind::Secret, TypeKind::Union,    TypeKind::Int,
      TypeKind::Float, TypeKind::Bool, TypeKind::Bytes,  TypeKind::Duration, TypeKind::Error};
  return std::ranges::find(kRead, types.kind(unwrapped(types, type))) != std::end(kRead);
}

class CaptureCheck {
 public:
  CaptureCheck(Context& ctx, TypeId record, const ast::TemplateExpr& pattern)
      : ctx_(ctx), type_(ctx.types.get(record)), record_(record), pattern_(pattern) {
    auto schema = ctx.program.schemas.find(record);
    if (schema != ctx.program.schemas.end()) schema_ = schema->second;
  }

  void run() {
    re2::RE2::Options quiet;
    quiet.set_log_errors(false);
    std::string_view literal = pattern_.literal();
    re2::RE2 regex(re2::StringPiece(literal.data(), literal.size()), quiet);
    if (!regex.ok()) return;
    const auto& groups = regex.NamedCapturingGroups();
    for (size_t i = 0; i < type_.fields.size(); ++i)
      if (!groups.contains(type_.fields[i].wire)) no_group(i);
    for (const auto& [name, number] : groups) check_group(name);
  }

 private:
  DiagnosticBuilder report(const std::string& what) {
    return ctx_.diagnostics.report(diag::capture_groups, pattern_.span, what);
  }

  void no_group(size_t field) {
    const ir::Field& missing = type_.fields[field];
    bool left_out = ctx_.types.is(missing.type, TypeKind::Opt) ||
                    (schema_ != nullptr && schema_->fields[field].default_value != nullptr);
    if (left_out) return;
    report(
        fmt::format("no group gives the field `{}` of `{}`", missing.wire, ctx_.type_text(record_)))
        .label("its groups are all that is captured")
        .help(fmt::format("name one: `(?P<{}>…)`", missing.wire));
  }

  void check_group(const std::string& name) {
    auto field = std::ranges::find(type_.fields, name, &ir::Field::wire);
    if (field == type_.fields.end()) {
      std::vector<std::string_view> names;
      for (const ir::Field& known : type_.fields) names.push_back(known.wire);
      auto made =
          report(fmt::format("the group `{}` is no field of `{}`", name, ctx_.type_text(record_)));
      made.label("captured for nobody");
      std::string_view nearest = nearest_name(name, names);
      if (!nearest.empty())
        made.help(fmt::format("a field with a similar name exists: `{}`", nearest));
      return;
    }
    if (is_read_from_text(ctx_.types, field->type)) return;
    report(fmt::format("the field `{}` of type `{}` cannot be read from a group", name,
                       ctx_.type_text(field->type)))
        .label("gives text");
  }

  Context& ctx_;
  const ir::Type& type_;
  TypeId record_;
  const ast::TemplateExpr& pattern_;
  const ast::SchemaDecl* schema_ = nullptr;
};

}  // namespace

void check_capture(Context& ctx, const ast::CallExpr& call) {
  auto found = ctx.program.calls.find(call.id);
  if (found == ctx.program.calls.end() || !found->second.callee.valid()) return;
  const CallInfo& info = found->second;
  const Callable& callable = ctx.program.callable(info.callee);
  if (callable.module != "text" || ctx.text(callable.name) != "capture") return;
  if (info.type_arguments.empty() || info.arguments.size() < 2) return;
  TypeId type = info.type_arguments[0];
  if (ctx.types.is(type, TypeKind::Error)) return;
  if (!ctx.types.is(type, TypeKind::Record)) {
    ctx.diagnostics
        .report(diag::capture_groups, call.callee->span,
                fmt::format("`capture` reads a schema, not `{}`", ctx.type_text(type)))
        .label("needs `schema`")
        .help("without one, `captures` gives a `map<str>?`");
    return;
  }
  const ast::Expr* pattern = info.arguments[1].expr;
  if (pattern == nullptr || pattern->kind != ast::ExprKind::Template) return;
  const auto& text = ast::as<ast::TemplateExpr>(*pattern);
  if (text.is_literal()) CaptureCheck(ctx, type, text).run();
}

}  // namespace pflow::sema
