/// The archives of the packages whose nodes an executable uses, after it was checked that each is
/// what its package says.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "codegen/codegen.h"
#include "frontend/sema/checked.h"
#include "support/interner.h"
#include "tools/driver/driver_env.h"

namespace pflow::packages {

struct Reached {
  std::vector<std::string> modules;  ///< of standard nodes
  std::vector<codegen::PackageArchive> packages;
};

/// A program, and the texts and names of its tree.
struct CheckedProgram {
  const sema::Checked& checked;
  const SourceMap& sources;
  const Interner& names;
  bool links_all = false;  ///< all nodes of the packages that it imports, used or not
};

/// `modules` are those of all nodes that are used. Nothing after a report.
[[nodiscard]] std::optional<Reached> reached_archives(const std::vector<std::string>& modules,
                                                      const CheckedProgram& program,
                                                      std::string_view triple, const DriverEnv& env,
                                                      Diagnostics& diagnostics);

}  // namespace pflow::packages
