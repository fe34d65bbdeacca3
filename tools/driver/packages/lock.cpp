#include "tools/driver/packages/lock.h"

#include <algorithm>
#include <filesystem>

#include "tools/driver/run/digest.h"

namespace pflow::packages {
namespace {

namespace fs = std::filesystem;

/// Reads what a package is made of: all but what is built of its sources, and what is hidden.
class FolderHash {
 public:
  FolderHash(FileSystem& files, const fs::path& root, bool has_sources)
      : files_(files), root_(root), has_sources_(has_sources) {}

  std::string hash() {
    add_folder({});
    std::vector<std::string_view> parts(texts_.begin(), texts_.end());
    return run::digest(parts);
  }

 private:
  void add_folder(const fs::path& folder) {
    std::vector<std::string> names = files_.names_in((root_ / folder).string());
    std::ranges::sort(names);
    for (const std::string& name : names) {
      const fs::path path = folder / name;
      const bool built = folder.empty() && name == "lib" && has_sources_;
      if (name.starts_with('.') || built) continue;
      const std::string whole = (root_ / path).string();
      const FileKind kind = files_.kind(whole);
      if (kind == FileKind::Folder) add_folder(path);
      if (kind != FileKind::File) continue;
      Result<std::string> text = files_.read(whole);
      texts_.push_back(path.string());
      texts_.push_back(text ? std::move(*text) : std::string());
    }
  }

  FileSystem& files_;
  fs::path root_;
  bool has_sources_;
  std::vector<std::string> texts_;
};

Lock lock_of(const sema::ImportedPackage& package, FileSystem& files) {
  const bool has_sources = !package.manifest.sources.empty();
  return {package.manifest.version, FolderHash(files, package.folder.path, has_sources).hash()};
}

std::string shown(const Lock& lock) {
  return fmt::format("version {}, {}…", lock.version, lock.hash.substr(0, 12));
}

}  // namespace

std::string lock_path(std::string_view program) {
  return (fs::path(program).parent_path() / kLockName).string();
}

Locks locks_of(const sema::Checked& checked, FileSystem& files) {
  Locks locks;
  for (const sema::ImportedPackage& package : checked.packages)
    locks.emplace(package.manifest.name, lock_of(package, files));
  return locks;
}

void check_lock(const sema::Checked& checked, std::string_view program, FileSystem& files,
                SourceMap& sources, Diagnostics& diagnostics) {
  const std::string path = lock_path(program);
  if (checked.packages.empty() || files.kind(path) != FileKind::File) return;
  Result<std::string> text = files.read(path);
  if (!text) {
    diagnostics.report(diag::cannot_read, {}, path, text.message());
    return;
  }
  const size_t errors = diagnostics.error_count();
  const Locks locks = read_locks(sources.add(path, std::move(*text)), sources, diagnostics);
  if (diagnostics.error_count() != errors) return;
  for (const sema::ImportedPackage& package : checked.packages) {
    const Lock here = lock_of(package, files);
    const auto locked = locks.find(package.manifest.name);
    if (locked != locks.end() && locked->second.version == here.version &&
        locked->second.hash == here.hash)
      continue;
    DiagnosticBuilder report =
        diagnostics.report(diag::package_locked, package.imported, package.manifest.name, path);
    report.label("another package");
    report.note(locked == locks.end() ? fmt::format("`{}` names none of this name", path)
                                      : "locked is " + shown(locked->second));
    report.note(fmt::format("`{}` is {}", package.folder.path, shown(here)))
        .help("`pflowc packages lock` takes what is here");
  }
}

}  // namespace pflow::packages
