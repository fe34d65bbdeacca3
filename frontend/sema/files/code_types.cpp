#include "frontend/sema/files/code_types.h"

#include <unordered_set>

namespace pflow::sema {

namespace {

class TypeWalk {
 public:
  TypeWalk(Context& ctx, FileId file) : ctx_(ctx), file_(file) {}

  void node(const ast::ExternDecl& node) {
    for (const ast::Name& param : node.type_params) params_.insert(param.symbol);
    for (const ast::Port& port : node.params) type(port.type);
    for (const ast::Port& port : node.outputs) type(port.type);
    params_.clear();
  }
  [[nodiscard]] bool found_none() const { return found_none_; }

 private:
  void type(const ast::TypeExpr* type) {
    if (type == nullptr) return;
    for (const ast::TypeExpr* part : type->parts) this->type(part);
    if (type->kind != ast::TypeExprKind::Named || params_.contains(type->name)) return;
    const ast::Decl* decl = ctx_.visible.type(type->name, file_);
    const bool elsewhere = type->module.valid() ||
                           (decl != nullptr && decl->name.span.file != file_) ||
                           (decl == nullptr && ctx_.registry.find(ctx_.text(type->name)) >= 0);
    if (elsewhere) return report(*type);
    if (decl == nullptr || !seen_.insert(decl).second) return;
    if (decl->kind == ast::DeclKind::Alias) this->type(ast::as<ast::AliasDecl>(*decl).type);
    if (decl->kind == ast::DeclKind::Schema)
      for (const ast::SchemaField& field : ast::as<ast::SchemaDecl>(*decl).fields)
        this->type(field.type);
  }

  void report(const ast::TypeExpr& type) {
    found_none_ = false;
    ctx_.diagnostics
        .report(diag::package_file, type.span,
                fmt::format("the type `{}` of an `extern node` is of another file",
                            ctx_.sources.text(type.span)))
        .label("not seen by its code")
        .help("declare the type in this file");
  }

  Context& ctx_;
  FileId file_;
  std::unordered_set<Symbol> params_;
  std::unordered_set<const ast::Decl*> seen_;
  bool found_none_ = true;
};

}  // namespace

bool declares_code(const ast::Decl& decl) {
  return decl.kind == ast::DeclKind::Extern && ast::as<ast::ExternDecl>(decl).foreign == nullptr;
}

bool check_code_types(Context& ctx, const ast::File& interface) {
  TypeWalk walk(ctx, interface.file);
  for (const ast::Decl* decl : interface.decls)
    if (declares_code(*decl)) walk.node(ast::as<ast::ExternDecl>(*decl));
  return walk.found_none();
}

}  // namespace pflow::sema
