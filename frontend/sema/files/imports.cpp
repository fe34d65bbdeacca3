#include "frontend/sema/files/imports.h"

#include <algorithm>
#include <filesystem>
#include <unordered_map>
#include <utility>

#include "frontend/sema/files/imported_names.h"

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
  ImportLoader(Context& ctx, ParseIds& ids) : ctx_(ctx), ids_(ids) {}

  bool run() {
    const ast::File& program = *ctx_.checked.files[0];
    fs::path name = ctx_.sources.name(program.file);
    files_[ctx_.files.identity(name)] = &program;
    load_imports_of(program, name.parent_path());
    return !failed_;
  }

 private:
  void load_imports_of(const ast::File& file, const fs::path& folder) {
    std::vector<ImportLink> links;
    for (const ast::Import& import : file.imports) {
      if (import.package.symbol.valid()) {
        report_package(import);
        continue;
      }
      way_.push_back({&import, &file});
      const ast::File* found = load(import, (folder / import.path).lexically_normal());
      way_.pop_back();
      if (found != nullptr) links.push_back({&import, found});
    }
    bring_names(ctx_, file, links);
  }

  /// Null when it was reported.
  const ast::File* load(const ast::Import& import, const fs::path& path) {
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
        parse_file(id, FileRole::Program, ctx_.sources, ctx_.names, ctx_.diagnostics, ids_));
    const ast::File& file = *ctx_.checked.files.back();
    failed_ |= ctx_.diagnostics.error_count() != errors;
    known->second = &file;
    load_imports_of(file, path.parent_path());
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

  void report_package(const ast::Import& import) {
    failed_ = true;
    ctx_.diagnostics.report(diag::later_edition, import.target, "importing a package")
        .label("reserved for later")
        .help("a file is imported by its path: `import \"lib/notes.pf\"`");
  }

  struct Step {
    const ast::Import* import;
    const ast::File* file;  ///< in which it stands
  };

  Context& ctx_;
  ParseIds& ids_;
  std::unordered_map<std::string, const ast::File*> files_;  ///< by identity()
  std::vector<Step> way_;
  bool failed_ = false;
};

}  // namespace

bool load_imports(Context& ctx, ParseIds& ids) { return ImportLoader(ctx, ids).run(); }

}  // namespace pflow::sema
