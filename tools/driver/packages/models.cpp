#include "tools/driver/packages/models.h"

#include <fmt/format.h>

#include <filesystem>
#include <map>

#include "stdlib-nodes/models_yaml/models_yaml.h"

namespace pflow::packages {
namespace {

namespace fs = std::filesystem;

void report(FileId file, const pf_models::ModelsProblem& problem, const SourceMap& sources,
            Diagnostics& diagnostics) {
  const uint32_t begin = sources.line_start(file, problem.line);
  const auto length = static_cast<uint32_t>(sources.line(file, problem.line).size());
  diagnostics.report(diag::package_file, {file, begin, begin + length}, problem.why)
      .label("in a file of models");
}

void report_clash(const sema::ImportedPackage& first, const sema::ImportedPackage& second,
                  const std::string& name, Diagnostics& diagnostics) {
  DiagnosticBuilder report =
      diagnostics.report(diag::package_clash, second.imported, first.manifest.name,
                         second.manifest.name, "a model", name);
  report.label(fmt::format("`{}` is imported here", second.manifest.name));
  report.secondary(first.imported, "the other one").help("import one of them");
}

}  // namespace

BroughtModels read_models(const PackageFolder& folder, const Manifest& manifest, FileSystem& files,
                          SourceMap& sources, Diagnostics& diagnostics) {
  if (manifest.models.empty()) return {};
  const std::string path = (fs::path(folder.path) / manifest.models).lexically_normal().string();
  Result<std::string> text = files.read(path);
  if (!text) {
    diagnostics.report(diag::cannot_read, manifest.models_span, path, text.message())
        .label("the package's file of models");
    return {};
  }
  BroughtModels brought{*text, {}};
  const FileId file = sources.add(path, std::move(*text));
  const pf_models::ModelsList list(brought.text);
  if (!list.problem().why.empty()) report(file, list.problem(), sources, diagnostics);
  for (const pf_models::ModelsEntry& entry : list.entries()) {
    const pf_models::ModelsProblem problem = entry.problem();
    if (!problem.why.empty()) report(file, problem, sources, diagnostics);
    BroughtModel& model = brought.models.emplace_back();
    for (std::string_view name : entry.names()) model.names.emplace_back(name);
    model.embeds = entry.flag("embedding", false);
  }
  return brought;
}

std::vector<codegen::PackageModels> models_of_packages(const sema::Checked& checked,
                                                       FileSystem& files, SourceMap& sources,
                                                       Diagnostics& diagnostics) {
  std::vector<codegen::PackageModels> found;
  std::map<std::string, const sema::ImportedPackage*> known;
  for (const sema::ImportedPackage& package : checked.packages) {
    BroughtModels brought =
        read_models(package.folder, package.manifest, files, sources, diagnostics);
    for (const BroughtModel& model : brought.models)
      for (const std::string& name : model.names) {
        const auto [at, fresh] = known.try_emplace(name, &package);
        if (!fresh && at->second != &package) report_clash(*at->second, package, name, diagnostics);
      }
    if (!brought.models.empty()) found.push_back({package.manifest.name, std::move(brought.text)});
  }
  return found;
}

}  // namespace pflow::packages
