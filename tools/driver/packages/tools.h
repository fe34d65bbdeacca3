/// The user's own compilers: those of the machine, or what CC, CXX, RUSTC, CARGO and AR name.
#pragma once

#include <string>
#include <vector>

#include "codegen/target.h"
#include "tools/driver/driver_env.h"

namespace pflow::packages {

/// Each gives the words that a command line begins with; for another machine they say so to the
/// tool.
class Tools {
 public:
  /// `sysroot` has the C and C++ libraries of the target; empty: the compiler knows where they are.
  Tools(const codegen::Target& target, const std::string& sysroot, const DriverEnv& env);

  using Words = std::vector<std::string>;
  [[nodiscard]] Words c() const;
  [[nodiscard]] Words cpp() const;
  [[nodiscard]] Words rust() const;
  [[nodiscard]] Words cargo_build() const;
  [[nodiscard]] Words archiver() const;
  /// Whether the target is another machine than this one.
  [[nodiscard]] bool cross() const;
  /// What Rust calls the target.
  [[nodiscard]] std::string rust_target() const;

 private:
  [[nodiscard]] Words named(const char* variable, const char* usual) const;
  [[nodiscard]] Words compiler(const char* variable, const char* usual, const char* crossing) const;

  const codegen::Target& target_;
  std::string sysroot_;
  const DriverEnv& env_;
};

}  // namespace pflow::packages
