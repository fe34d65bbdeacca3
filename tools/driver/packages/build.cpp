#include "tools/driver/packages/build.h"

#include <fmt/format.h>

#include <filesystem>

#include "frontend/packages/build_record.h"
#include "frontend/query/snapshot.h"
#include "runtime/include/pflow/abi.h"
#include "tools/driver/compile.h"
#include "tools/driver/exit_code.h"
#include "tools/driver/node_header.h"
#include "tools/driver/node_path.h"
#include "tools/driver/packages/archive_maker.h"
#include "tools/driver/packages/file_hash.h"
#include "tools/driver/packages/interface_hash.h"
#include "tools/driver/packages/models.h"
#include "tools/driver/packages/node_functions.h"
#include "tools/driver/report.h"

namespace pflow::packages {
namespace {

namespace fs = std::filesystem;

/// A program that has all nodes of the package links.
bool links(const PackageFolder& package, Session& session) {
  ScratchFolder scratch("pflowc-package");
  Options options = session.options;
  options.code = {fmt::format("import {}\n\nflow main() {{\n  let all = true\n}}\n", package.name),
                  package.path + "/<the check of its archive>"};
  options.all_of_packages = true;
  options.output = (scratch.path() / "program").string();
  return compile(options, session.env) == kExitDone;
}

bool record(const PackageFolder& package, const std::string& interface, const std::string& archive,
            Session& session) {
  const std::string path = record_path(package, session.options.target.triple);
  Result<Done> written =
      session.env.files->write(path, record_text({PF_ABI_VERSION, interface, file_hash(archive)}));
  if (written) return true;
  session.diagnostics.report(diag::cannot_write, {}, fmt::format("`{}`", path), written.message());
  return false;
}

bool build_code(const PackageFolder& package, const Manifest& manifest,
                const query::Snapshot& interface, Session& session) {
  const std::string archive = archive_path(package, session.options.target.triple);
  const std::string record_file = record_path(package, session.options.target.triple);
  const std::string hash = interface_hash(interface.tree(), interface.names, package.name);
  std::error_code none;
  if (!manifest.sources.empty()) {
    fs::remove(record_file, none);
    const std::string header = node_header(interface.tree(), interface.names, package.name);
    if (!ArchiveMaker(package, manifest, session).make(header, archive)) return false;
    if (!record(package, hash, archive, session)) return false;
  } else if (session.env.files->kind(archive) != FileKind::File) {
    session.diagnostics
        .report(diag::package_build, {}, package.name,
                fmt::format("`{}` names no sources", package.manifest()))
        .note(fmt::format("nor is there an archive `{}`", archive));
    return false;
  } else if (session.env.files->kind(record_file) != FileKind::File &&
             !record(package, hash, archive, session)) {
    return false;
  }
  if (links(package, session)) return true;
  if (!manifest.sources.empty()) fs::remove(record_file, none);
  return false;
}

}  // namespace

bool build(const PackageFolder& package, Session& session) {
  const std::optional<Manifest> manifest = session.manifest(package);
  if (!manifest) return false;
  if (session.env.files->kind(package.interface()) != FileKind::File) {
    session.diagnostics.report(diag::package_interface, {}, package.name, package.interface());
    return false;
  }
  const query::Snapshot interface(package.interface(), *session.env.files,
                                  node_path(session.options, session.env));
  if (interface.diagnostics.has_errors()) {
    show(interface.diagnostics, interface.sources, session.options, session.env);
    return false;
  }
  const size_t errors = session.diagnostics.error_count();
  read_models(package, *manifest, *session.env.files, session.sources, session.diagnostics);
  if (session.diagnostics.error_count() != errors) return false;
  return !has_code(interface.tree()) || build_code(package, *manifest, interface, session);
}

}  // namespace pflow::packages
