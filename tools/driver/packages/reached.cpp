#include "tools/driver/packages/reached.h"

#include <fmt/format.h>

#include <algorithm>

#include "frontend/packages/build_record.h"
#include "runtime/include/pflow/abi.h"
#include "tools/driver/packages/file_hash.h"
#include "tools/driver/packages/interface_hash.h"
#include "tools/driver/packages/node_functions.h"

namespace pflow::packages {
namespace {

/// Looks at what was built of one package.
class BuiltCheck {
 public:
  BuiltCheck(const sema::ImportedPackage& package, std::string_view triple,
             Diagnostics& diagnostics)
      : package_(package), triple_(triple), diagnostics_(diagnostics) {}

  bool run(const ast::File& interface, const Interner& names, const DriverEnv& env) {
    const std::string archive = archive_path(package_.folder, triple_);
    if (env.files->kind(archive) != FileKind::File) return report_not_built(archive);
    Result<std::string> text = env.files->read(record_path(package_.folder, triple_));
    const std::optional<BuildRecord> record = text ? read_record(*text) : std::nullopt;
    if (!record) return report_changed("this pflowc", "there is no record of how it was built");
    if (record->abi != PF_ABI_VERSION)
      return report_changed("the ABI of nodes",
                            fmt::format("it was built for version {}, this pflowc has version {}",
                                        record->abi, PF_ABI_VERSION));
    if (record->interface != interface_hash(interface, names, package_.manifest.name))
      return report_changed("its interface",
                            fmt::format("`{}` declares other nodes than those that were built",
                                        package_.folder.interface()));
    if (record->archive != file_hash(archive))
      return report_changed("its record", fmt::format("`{}` is another file than the one that was "
                                                      "built",
                                                      archive));
    return true;
  }

 private:
  [[nodiscard]] std::string help() const {
    if (package_.manifest.sources.empty())
      return fmt::format(
          "its archive comes with it: where that is the right one, `pflowc packages "
          "build` makes `{}` anew once it is removed",
          record_path(package_.folder, triple_));
    if (triple_ != codegen::targets().front().triple)
      return fmt::format("`pflowc packages build --target {} {}` builds it", triple_,
                         package_.folder.path);
    return fmt::format("`pflowc packages build {}` builds it", package_.folder.path);
  }

  bool report_not_built(const std::string& archive) {
    diagnostics_.report(diag::package_not_built, package_.imported, package_.manifest.name, triple_)
        .label("its nodes are used")
        .note(fmt::format("there is no `{}`", archive))
        .help(package_.manifest.sources.empty() ? "ask its author for that archive" : help());
    return false;
  }

  bool report_changed(std::string_view what, std::string why) {
    diagnostics_.report(diag::package_changed, package_.imported, package_.manifest.name, what)
        .label("its nodes are used")
        .note(std::move(why))
        .help(help());
    return false;
  }

  const sema::ImportedPackage& package_;
  std::string_view triple_;
  Diagnostics& diagnostics_;
};

/// Archives of the installation are named as such; other libraries are part of the archive.
std::vector<std::string> installed_archives(const Manifest& manifest) {
  std::vector<std::string> found;
  for (const std::string& name : manifest.link)
    if (name.starts_with("libpf_")) found.push_back(name);
  return found;
}

}  // namespace

std::optional<Reached> reached_archives(const std::vector<std::string>& modules,
                                        const CheckedProgram& program, std::string_view triple,
                                        const DriverEnv& env, Diagnostics& diagnostics) {
  Reached reached;
  reached.modules = modules;
  bool good = true;
  for (const sema::ImportedPackage& package : program.checked.packages) {
    const std::string& name = package.manifest.name;
    const ast::File& interface = *program.checked.interfaces.at(&package);
    // A package of flows alone may have the name of a standard module.
    if (!has_code(interface)) continue;
    if (std::erase(reached.modules, name) == 0 && !program.links_all) continue;
    good &= BuiltCheck(package, triple, diagnostics).run(interface, program.names, env);
    reached.packages.push_back({name, archive_path(package.folder, triple),
                                installed_archives(package.manifest),
                                program.links_all ? node_functions(interface, program.names, name)
                                                  : std::vector<std::string>()});
  }
  if (!good) return std::nullopt;
  return reached;
}

}  // namespace pflow::packages
