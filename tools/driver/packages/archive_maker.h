/// Makes the archive of a package of its sources, with the user's own compilers.
#pragma once

#include <string>
#include <vector>

#include "tools/driver/packages/session.h"
#include "tools/driver/packages/tools.h"
#include "tools/driver/scratch_folder.h"

namespace pflow::packages {

class ArchiveMaker {
 public:
  ArchiveMaker(const PackageFolder& package, const Manifest& manifest, Session& session)
      : package_(package),
        manifest_(manifest),
        session_(session),
        tools_(session.options.target, session.options.sysroot, session.env) {}

  /// `header` declares the functions of the nodes. False after a report.
  [[nodiscard]] bool make(const std::string& header, const std::string& archive);

 private:
  [[nodiscard]] bool write(const std::string& name, const std::string& text);
  [[nodiscard]] bool compile_rust(const std::string& source, const std::string& archive);
  [[nodiscard]] bool run_cargo(const std::string& archive);
  /// The object, or empty after a report.
  [[nodiscard]] std::string compile(const std::string& source);
  [[nodiscard]] bool pack(const std::vector<std::string>& objects, const std::string& archive);
  /// The path of a library of `link`, or empty after a report.
  [[nodiscard]] std::string find_library(const std::string& name);
  /// What is told of a tool that cannot do its work.
  struct Trouble {
    std::string what;
    const char* variable;  ///< names another tool
    std::string help = {};
  };
  /// Runs a tool in the package's folder. False after a report.
  [[nodiscard]] bool run(const std::vector<std::string>& words, const Trouble& trouble,
                         std::string* output = nullptr);
  /// Whether the compilers of the sources make code for another machine and find its libraries;
  /// else it is reported.
  [[nodiscard]] bool compilers_fit();
  [[nodiscard]] bool compiles_for_target(bool c);
  /// Of Rust for another machine.
  [[nodiscard]] std::string rust_help() const;
  bool fail(const std::string& why, const std::string& help = {});
  [[nodiscard]] std::string in_scratch(const std::string& name) const;

  const PackageFolder& package_;
  const Manifest& manifest_;
  Session& session_;
  Tools tools_;
  ScratchFolder scratch_{"pflowc-package"};
};

}  // namespace pflow::packages
