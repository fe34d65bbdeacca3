#include "frontend/sema/files/package_imports.h"

#include <algorithm>
#include <filesystem>

#include "frontend/packages/search_order.h"

namespace pflow::sema {

PackageImports::PackageImports(Context& ctx, std::string_view program)
    : ctx_(ctx), places_(packages::search_order(ctx.files, program, ctx.places)) {}

const ImportedPackage* PackageImports::find(const ast::Import& import) {
  const std::string_view name = ctx_.text(import.package.symbol);
  for (const ImportedPackage& package : ctx_.checked.packages)
    if (package.manifest.name == name) return &package;
  if (is_left_out(name)) {
    report_left_out(import);
    return nullptr;
  }
  const packages::PackageFolder* folder = folder_of(import);
  return folder == nullptr ? nullptr : read(*folder, import.target);
}

bool PackageImports::is_left_out(std::string_view name) const {
  return ctx_.places.loaded &&
         std::ranges::find(*ctx_.places.loaded, name) == ctx_.places.loaded->end();
}

const PackageImports::Folders& PackageImports::packages_in(const std::string& place) {
  auto [at, fresh] = found_.try_emplace(place);
  if (fresh) at->second = packages::packages_in(ctx_.files, place);
  return at->second;
}

const packages::PackageFolder* PackageImports::folder_of(const ast::Import& import) {
  const std::string_view name = ctx_.text(import.package.symbol);
  for (const std::string& place : places_) {
    const Folders& folders = packages_in(place);
    auto [first, last] =
        std::ranges::equal_range(folders, name, {}, &packages::PackageFolder::name);
    if (first == last) continue;
    if (last - first == 1) return &*first;
    auto report = ctx_.diagnostics.report(diag::package_twice, import.target, place, name);
    report.label("which one is meant?");
    for (; first != last; ++first) report.note(fmt::format("`{}` is one", first->path));
    report.help("remove one of them, or change its `name`");
    return nullptr;
  }
  report_missing(import);
  return nullptr;
}

/// Its manifest, and that there is an interface.
const ImportedPackage* PackageImports::read(const packages::PackageFolder& folder, Span imported) {
  const std::string path = folder.manifest(), interface = folder.interface();
  Result<std::string> text = ctx_.files.read(path);
  if (!text) {
    ctx_.diagnostics.report(diag::cannot_read, imported, path, text.message())
        .label("imported here");
    return nullptr;
  }
  const size_t errors = ctx_.diagnostics.error_count();
  FileId file = ctx_.sources.add(path, std::move(*text));
  packages::Manifest manifest = packages::read_manifest(file, ctx_.sources, ctx_.diagnostics);
  if (ctx_.diagnostics.error_count() != errors) return nullptr;
  if (ctx_.files.kind(interface) == FileKind::File)
    return &ctx_.checked.packages.emplace_back(std::move(manifest), folder, imported);
  ctx_.diagnostics.report(diag::package_interface, imported, manifest.name, interface)
      .label("imported here")
      .note("what a package has to call stands in the file of its name");
  return nullptr;
}

void PackageImports::report_left_out(const ast::Import& import) {
  const std::vector<std::string>& loaded = *ctx_.places.loaded;
  const std::string_view name = ctx_.text(import.package.symbol);
  auto report = ctx_.diagnostics.report(diag::package_left_out, import.target, name);
  report.label("not loaded");
  if (loaded.empty())
    report.note("it is set and empty, which leaves out all packages");
  else
    report.note(fmt::format("it names {}", fmt::join(loaded, ", ")));
  report.help(fmt::format("add `{}` to it, or unset it", name));
}

void PackageImports::report_missing(const ast::Import& import) {
  const std::string name(ctx_.text(import.package.symbol));
  std::vector<std::string_view> known;
  for (const std::string& place : places_)
    for (const packages::PackageFolder& each : packages_in(place)) known.push_back(each.name);
  auto report = ctx_.diagnostics.report(diag::package_missing, import.target, name);
  report.label("imported here");
  report.note(fmt::format("looked for in `{}`", fmt::join(places_, "`, `")));
  const std::filesystem::path own(ctx_.sources.name(import.span.file));
  if (std::string_view near = nearest_name(name, known); !near.empty())
    report.help(fmt::format("a package with a similar name exists: `{}`", near),
                {import.target, std::string(near)});
  else if (ctx_.files.kind((own.parent_path() / (name + ".pf")).string()) == FileKind::File)
    report.help(fmt::format("a file is imported by its path: `import \"{}.pf\"`", name),
                {import.target, fmt::format("\"{}.pf\"", name)});
  else
    report.help("`pflowc packages list` names those that there are");
}

}  // namespace pflow::sema
