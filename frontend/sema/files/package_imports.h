/// The packages that imports name: where they lie, and what is wrong with them.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "frontend/sema/context.h"

namespace pflow::sema {

class PackageImports {
 public:
  PackageImports(Context& ctx, std::string_view program);

  /// The package, which is then in Checked::packages; null after a report.
  const ImportedPackage* find(const ast::Import& import);
  /// That of a folder; `imported` is where it is named.
  const ImportedPackage* read(const packages::PackageFolder& folder, Span imported);

 private:
  using Folders = std::vector<packages::PackageFolder>;

  [[nodiscard]] bool is_left_out(std::string_view name) const;
  /// Its folder, or null after a report.
  const packages::PackageFolder* folder_of(const ast::Import& import);
  const Folders& packages_in(const std::string& place);
  void report_left_out(const ast::Import& import);
  void report_missing(const ast::Import& import);

  Context& ctx_;
  std::vector<std::string> places_;  ///< in their order
  std::map<std::string, Folders> found_;
};

}  // namespace pflow::sema
