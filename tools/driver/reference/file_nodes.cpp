#include "tools/driver/reference/file_nodes.h"

#include <algorithm>
#include <filesystem>
#include <unordered_map>

#include "frontend/ast/effects.h"
#include "frontend/query/snapshot.h"
#include "frontend/sema/declare/program_effects.h"
#include "tools/driver/node_path.h"
#include "tools/driver/report.h"

namespace pflow::reference {
namespace {

bool is_listed(const ast::Decl& decl) { return decl.kind != ast::DeclKind::Test; }

/// An interface declares nodes that are implemented elsewhere.
bool is_interface(std::string_view text) {
  SourceMap sources;
  Interner names;
  Diagnostics unheard;
  ParseIds ids;
  FileId id = sources.add("", std::string(text));
  auto file = parse_file(id, FileRole::Interface, sources, names, unheard, ids);
  return std::ranges::any_of(file->decls, [](const ast::Decl* decl) {
    return decl->kind == ast::DeclKind::Extern &&
           ast::as<ast::ExternDecl>(*decl).foreign == nullptr;
  });
}

std::vector<FileDoc> interface_docs(const std::string& path, std::string text,
                                    const Options& options, DriverEnv& env) {
  SourceMap sources;
  Interner names;
  Diagnostics diagnostics(options.warnings);
  ParseIds ids;
  FileId id = sources.add(path, std::move(text));
  auto file = parse_file(id, FileRole::Interface, sources, names, diagnostics, ids);
  show(diagnostics, sources, options, env);
  if (diagnostics.has_errors()) return {};
  FileDoc made{std::filesystem::path(path).stem().string(), std::string(file->doc), {}};
  for (const ast::Decl* decl : file->decls)
    if (is_listed(*decl)) made.nodes.push_back(query::node_doc(*decl, made.name, sources, names));
  return {std::move(made)};
}

/// What a flow does is what the nodes do that it calls.
std::unordered_map<const ast::Decl*, uint16_t> effects_of(const sema::Program& program) {
  std::unordered_map<const ast::Decl*, uint16_t> found;
  const std::vector<uint16_t> effects = sema::program_effects(program);
  for (size_t i = 0; i < program.callables.size(); ++i)
    found.emplace(program.callables[i].decl, effects[i]);
  return found;
}

FileDoc program_file(const query::Snapshot& snapshot, const ast::File& file,
                     const std::unordered_map<const ast::Decl*, uint16_t>& effects) {
  FileDoc made{std::string(snapshot.sources.name(file.file)), std::string(file.doc), {}};
  for (const sema::ImportedPackage& package : snapshot.checked.packages)
    if (package.folder.interface() == made.name) made.name = package.manifest.name;
  for (const ast::Decl* decl : file.decls) {
    if (!is_listed(*decl)) continue;
    query::NodeDoc node = query::node_doc(*decl, made.name, snapshot.sources, snapshot.names);
    node.effects.clear();
    if (auto known = effects.find(decl); known != effects.end())
      for (std::string_view effect : ast::names_of_effects(known->second))
        node.effects.emplace_back(effect);
    made.nodes.push_back(std::move(node));
  }
  return made;
}

}  // namespace

std::vector<FileDoc> read_file_docs(const std::string& path, const Options& options,
                                    DriverEnv& env) {
  Result<std::string> text = env.files->read(path);
  if (!text) {
    Diagnostics diagnostics;
    diagnostics.report(diag::cannot_read, {}, path, text.message());
    show(diagnostics, SourceMap(), options, env);
    return {};
  }
  if (is_interface(*text) && !packages::package_of(*env.files, path))
    return interface_docs(path, std::move(*text), options, env);
  const sema::NodePath nodes = node_path(options, env);
  query::Snapshot snapshot(path, *env.files, nodes);
  if (snapshot.diagnostics.has_errors()) {
    show(snapshot.diagnostics, snapshot.sources, options, env);
    return {};
  }
  const auto effects = effects_of(snapshot.program());
  std::vector<FileDoc> made;
  for (const auto& file : snapshot.checked.files)
    if (!std::string_view(snapshot.sources.name(file->file)).starts_with(nodes.standard))
      made.push_back(program_file(snapshot, *file, effects));
  return made;
}

}  // namespace pflow::reference
