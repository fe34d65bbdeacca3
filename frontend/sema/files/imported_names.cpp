#include "frontend/sema/files/imported_names.h"

#include <filesystem>

namespace pflow::sema {

namespace {

/// A name for an import, made of its file's.
std::string name_for(std::string_view path) {
  std::string name = std::filesystem::path(path).stem().string();
  for (char& c : name) {
    bool upper = c >= 'A' && c <= 'Z';
    bool fits = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
    if (!fits) c = upper ? static_cast<char>(c - 'A' + 'a') : '_';
  }
  return name.empty() || (name.front() >= '0' && name.front() <= '9') ? "_" + name : name;
}

/// `notes` of `notes.f`, or none.
Symbol module_of(const Context& ctx, const ast::Name& name) {
  std::string_view text = ctx.text(name.symbol);
  size_t dot = text.find('.');
  return dot == std::string_view::npos ? Symbol() : ctx.names.intern(text.substr(0, dot));
}

void report_clash(Context& ctx, const ast::Import& import, const ast::Decl& decl,
                  const Visible& taken) {
  auto report =
      ctx.diagnostics.report(diag::import_clash, import.target, ctx.text(decl.name.symbol));
  report.label("brings it").secondary(decl.name.span, "declared here");
  if (taken.import != nullptr) report.secondary(taken.import->target, "brings one of that name");
  report.secondary(taken.decl->name.span,
                   taken.import != nullptr ? "the one of that name" : "the file's own");
  Span end{import.span.file, import.span.end, import.span.end};
  std::string name = name_for(import.path);
  report.help(
      fmt::format("give the import a name, and write `{}.{}`", name, ctx.text(decl.name.symbol)),
      {end, fmt::format(" as {}", name)});
}

/// The import's own name. False when another import of the file has it.
bool add_name(Context& ctx, const ast::File& file, const ast::Import& import) {
  if (!import.alias.symbol.valid()) return true;
  if (ctx.text(import.alias.symbol) == "error")
    ctx.diagnostics.report(diag::name_taken, import.alias.span, "error", "record on error edges")
        .label("needs another name");
  const ast::Import* earlier = ctx.visible.add_import(file.file, import);
  if (earlier == nullptr) return true;
  ctx.diagnostics
      .report(diag::duplicate_declaration, import.alias.span, ctx.text(import.alias.symbol))
      .label("declared again")
      .secondary(earlier->alias.span, "the import is named here first");
  return false;
}

void bring(Context& ctx, const ast::File& file, const ImportLink& link) {
  const ast::Import& import = *link.import;
  if (import.alias.symbol.valid())
    ctx.import_names.try_emplace(link.file->file.index, ctx.text(import.alias.symbol));
  for (const ast::Decl* decl : link.file->decls) {
    std::string_view text = ctx.text(decl->name.symbol);
    bool entry = text == "main" && !import.alias.symbol.valid();
    if (decl->kind == ast::DeclKind::Test || entry) continue;
    Symbol name = imported_name(ctx, import.alias.symbol, decl->name).symbol;
    if (text.starts_with('_')) {
      ctx.visible.add_private(file.file, name, *decl);
      continue;
    }
    Visible taken = ctx.visible.add(file.file, name, {decl, &import});
    bool other = taken.decl != nullptr && taken.decl->name.span.file != decl->name.span.file;
    if (other) report_clash(ctx, import, *decl, taken);
  }
}

}  // namespace

void bring_names(Context& ctx, const ast::File& file, const std::vector<ImportLink>& links) {
  ctx.visible.add_own(file);
  for (const ImportLink& link : links)
    if (add_name(ctx, file, *link.import)) bring(ctx, file, link);
}

void check_not_import(Context& ctx, const ast::Name& name) {
  const ast::Import* import = ctx.visible.import(name.symbol, name.span.file);
  if (import == nullptr) return;
  const std::string_view what = import->package.symbol.valid() ? "package" : "file";
  ctx.diagnostics.report(diag::name_taken, name.span, ctx.text(name.symbol), what)
      .label("nothing shadows")
      .secondary(import->alias.span, "the import");
}

bool explain_import(Context& ctx, const ast::Name& name) {
  if (ctx.visible.named(name.symbol, name.span.file) != nullptr) return true;
  const ast::Decl* decl = ctx.visible.private_of_import(name.symbol, name.span.file);
  if (decl == nullptr) return false;
  ctx.diagnostics.report(diag::private_name, name.span, ctx.text(name.symbol))
      .label("not for other files")
      .secondary(decl->name.span, "begins with `_`");
  return true;
}

void show_import(DiagnosticBuilder& report, const Context& ctx, const ast::Name& name) {
  const ast::Import* import = ctx.visible.import(module_of(ctx, name), name.span.file);
  if (import != nullptr) report.secondary(import->target, "the import");
}

bool begins_with_key(const Context& ctx, const Scope* scope, const ast::Name& name) {
  Symbol module = module_of(ctx, name);
  return module.valid() && scope != nullptr && scope->store.contains(module);
}

ast::Name imported_name(const Context& ctx, Symbol module, ast::Name name) {
  if (module.valid())
    name.symbol = ctx.names.intern(fmt::format("{}.{}", ctx.text(module), ctx.text(name.symbol)));
  return name;
}

}  // namespace pflow::sema
