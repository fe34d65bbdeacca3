#include "frontend/sema/files/imports.h"

#include <algorithm>
#include <filesystem>
#include <unordered_map>
#include <utility>

#include "frontend/ast/foreign_kinds.h"
#include "frontend/sema/files/code_types.h"
#include "frontend/sema/files/imported_names.h"
#include "frontend/sema/files/package_imports.h"

namespace pflow::sema {

namespace {

namespace fs = std::filesystem;

/// The path in an import's text, with another last part.
std::string renamed(std::string_view written, std::string_view name) {
  return fs::path(written).replace_filename(name).string();
}

/// Goes into each import before the next one, so that the open files are the way.
class ImportLoader {
 public:
  ImportLoader(Context& ctx, ParseIds& ids)
      : ctx_(ctx), ids_(ids), packages_(ctx, program_name(ctx)) {}

  bool run() {
    const ast::File& program = *ctx_.checked.files[0];
    fs::path name = program_name(ctx_);
    files_[ctx_.files.identity(name)] = &program;
    const ImportedPackage* owner = nullptr;
    if (auto own = packages::package_of(ctx_.files, name.string())) {
      owner = packages_.read(*own, {});
      failed_ |= owner == nullptr;
      if (owner != nullptr) ctx_.checked.interfaces[owner] = &program;
      own_file(program, owner);
    }
    load_imports_of(program, name.parent_path(), owner);
    return !failed_;
  }

 private:
  static std::string_view program_name(const Context& ctx) {
    return ctx.sources.name(ctx.checked.files[0]->file);
  }

  /// `owner` is the package whose file it is, or null.
  void load_imports_of(const ast::File& file, const fs::path& folder,
                       const ImportedPackage* owner) {
    std::vector<ImportLink> links;
    for (const ast::Import& import : file.imports) {
      way_.push_back({&import, &file});
      const ast::File* found = import.package.symbol.valid()
                                   ? load_package(import)
                                   : load(import, (folder / import.path).lexically_normal(), owner);
      way_.pop_back();
      if (found == nullptr) continue;
      links.push_back({&import, found});
      ctx_.checked.imported.emplace(&import, found->file);
    }
    bring_names(ctx_, file, links);
    if (owner != nullptr) failed_ |= !check_code_types(ctx_, file);
  }

  /// Its externs have the package's name where those of standard nodes have that of their module.
  void own_file(const ast::File& file, const ImportedPackage* owner) {
    if (owner == nullptr) return;
    ctx_.checked.package_of.emplace(file.file, owner);
    const std::string& name = owner->manifest.name;
    if (!is_standard_module(name)) return;
    for (const ast::Decl* decl : file.decls) {
      if (!declares_code(*decl)) continue;
      failed_ = true;
      ctx_.diagnostics.report(diag::package_module, decl->name.span, name)
          .label("implemented by the package")
          .help("give the package another name");
      return;
    }
  }

  [[nodiscard]] bool is_standard_module(const std::string& name) const {
    return std::ranges::any_of(ctx_.registry.files(),
                               [&](const auto& interface) { return interface.module == name; }) ||
           std::ranges::any_of(ast::foreign_kinds(),
                               [&](const auto& kind) { return kind.word == name; });
  }

  const ast::File* load_package(const ast::Import& import) {
    const ImportedPackage* package = packages_.find(import);
    failed_ |= package == nullptr;
    if (package == nullptr) return nullptr;
    const ast::File* interface =
        load(import, package->folder.interface(), package, FileRole::Package);
    if (interface != nullptr) ctx_.checked.interfaces[package] = interface;
    return interface;
  }

  /// Null when it was reported.
  const ast::File* load(const ast::Import& import, const fs::path& path,
                        const ImportedPackage* owner, FileRole role = FileRole::Program) {
    auto [known, fresh] = files_.try_emplace(ctx_.files.identity(path));
    if (!fresh) {
      for (size_t i = 0; i < way_.size(); ++i)
        if (way_[i].file == known->second) return report_cycle(import, i);
      return known->second;
    }
    FileId id = read(import, path);
    if (!id.valid()) return nullptr;
    size_t errors = ctx_.diagnostics.error_count();
    ctx_.checked.files.push_back(
        parse_file(id, role, ctx_.sources, ctx_.names, ctx_.diagnostics, ids_));
    const ast::File& file = *ctx_.checked.files.back();
    failed_ |= ctx_.diagnostics.error_count() != errors;
    known->second = &file;
    own_file(file, owner);
    load_imports_of(file, path.parent_path(), owner);
    return &file;
  }

  FileId read(const ast::Import& import, const fs::path& path) {
    const FileKind kind = ctx_.files.kind(path);
    if (kind == FileKind::None) {
      report_missing(import, path);
      return {};
    }
    if (kind == FileKind::File)
      if (Result<std::string> text = ctx_.files.read(path))
        return ctx_.sources.add(path.string(), std::move(*text));
    failed_ = true;
    ctx_.diagnostics
        .report(diag::cannot_read, import.target, path.string(),
                kind == FileKind::Folder ? "it is a folder" : "it cannot be opened")
        .label("expected a file");
    return {};
  }

  void report_missing(const ast::Import& import, const fs::path& path) {
    failed_ = true;
    auto report = ctx_.diagnostics.report(diag::import_missing, import.target, path.string());
    report.label("imported here");
    std::vector<std::string> names;
    const std::string folder = path.parent_path().empty() ? "." : path.parent_path().string();
    for (std::string& name : ctx_.files.names_in(folder))
      if (fs::path(name).extension() == ".pf") names.push_back(std::move(name));
    std::sort(names.begin(), names.end());
    std::string wanted = path.filename().string();
    std::string nearest(nearest_name(wanted, {names.begin(), names.end()}));
    if (std::ranges::binary_search(names, wanted + ".pf")) nearest = wanted + ".pf";
    if (nearest.empty()) return;
    std::string fixed = renamed(import.path, nearest);
    report.help(fmt::format("a file with a similar name exists: `{}`", fixed),
                {import.target, fmt::format("\"{}\"", fixed)});
  }

  const ast::File* report_cycle(const ast::Import& import, size_t from) {
    failed_ = true;
    std::string_view name = ctx_.sources.name(way_[from].file->file);
    auto report = ctx_.diagnostics.report(diag::import_cycle, import.target, name);
    report.label(from + 1 == way_.size() ? "names its own file" : "leads back to it");
    for (size_t i = from; i + 1 < way_.size(); ++i)
      report.secondary(way_[i].import->target,
                       fmt::format("imports `{}`", ctx_.sources.name(way_[i + 1].file->file)));
    if (from + 1 < way_.size())
      report.note("what the files need of each other can stand in one that they all import");
    return nullptr;
  }

  struct Step {
    const ast::Import* import;
    const ast::File* file;  ///< in which it stands
  };

  Context& ctx_;
  ParseIds& ids_;
  PackageImports packages_;
  std::unordered_map<std::string, const ast::File*> files_;  ///< by identity()
  std::vector<Step> way_;
  bool failed_ = false;
};

}  // namespace

bool load_imports(Context& ctx, ParseIds& ids) { return ImportLoader(ctx, ids).run(); }

}  // namespace pflow::sema
