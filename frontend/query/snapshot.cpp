#include "frontend/query/snapshot.h"

#include <algorithm>

namespace pflow::query {

namespace {

template <typename Value>
Value at_or(const std::vector<Value>& values, uint32_t index, Value none) {
  return index < values.size() ? values[index] : none;
}

/// A file without `main` may be there to be imported: nothing need start it.
bool is_started(const ast::File& file, const Interner& names) {
  return std::ranges::any_of(file.decls, [&](const ast::Decl* decl) {
    return decl->kind == ast::DeclKind::Flow && names.text(decl->name.symbol) == "main";
  });
}

}  // namespace

Snapshot::Snapshot(const std::string& path, FileSystem& files, const sema::NodePath& nodes) {
  Result<std::string> read = files.read(path);
  FileId id = sources.add(path, read ? std::move(*read) : std::string());
  is_interface = files.identity(path).starts_with(files.identity(nodes.standard) + "/");
  FileRole role = is_interface                        ? FileRole::Interface
                  : packages::package_of(files, path) ? FileRole::Package
                                                      : FileRole::Program;
  ParseIds ids;
  auto parsed = parse_file(id, role, sources, names, diagnostics, ids);
  if (is_interface) {
    checked.program.files.push_back(parsed.get());
    checked.files.push_back(std::move(parsed));
    checked.visible.add_own(tree());
    return;
  }
  // As the compiler does: what may follow from a mistake in the syntax is not told.
  if (diagnostics.has_errors()) diagnostics.stop_keeping();
  sema::Options options{
      .nodes = nodes, .tests = !is_started(*parsed, names), .despite_errors = true};
  checked = sema::check(std::move(parsed), options, files, sources, names, types, diagnostics, ids);
}

Snapshot::Snapshot(const std::string& path, std::string text) {
  FileId id = sources.add(path, std::move(text));
  ParseIds ids;
  checked.files.push_back(parse_file(id, FileRole::Program, sources, names, diagnostics, ids));
  checked.program.files.push_back(checked.files[0].get());
}

ir::TypeId Snapshot::type_of(const ast::Expr& expr) const {
  return at_or(program().expr_types, expr.id.index, types.error);
}

ir::TypeId Snapshot::asked_of(const ast::Expr& expr) const {
  return at_or(program().expr_asked, expr.id.index, ir::TypeId());
}

}  // namespace pflow::query
