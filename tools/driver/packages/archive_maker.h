/// Makes the archive of a package of its sources, with the user's own compilers: CC, CXX, RUSTC,
/// CARGO and AR name others than the machine's.
#pragma once

#include <string>
#include <vector>

#include "tools/driver/packages/session.h"
#include "tools/driver/scratch_folder.h"

namespace pflow::packages {

class ArchiveMaker {
 public:
  ArchiveMaker(const PackageFolder& package, const Manifest& manifest, Session& session)
      : package_(package), manifest_(manifest), session_(session) {}

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
  [[nodiscard]] std::vector<std::string> tool(const char* variable, const char* usual) const;
  /// Runs a tool in the package's folder. False after a report that it could not do `what`.
  [[nodiscard]] bool run(const std::vector<std::string>& words, const std::string& what,
                         const char* variable, std::string* output = nullptr);
  bool fail(const std::string& why, const std::string& help = {});
  [[nodiscard]] std::string in_scratch(const std::string& name) const;

  const PackageFolder& package_;
  const Manifest& manifest_;
  Session& session_;
  ScratchFolder scratch_{"pflowc-package"};
};

}  // namespace pflow::packages
