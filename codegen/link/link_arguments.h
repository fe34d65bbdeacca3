/// The command line for lld: start files, archives, libraries, and where they lie.
#pragma once

#include <string>
#include <vector>

#include "codegen/codegen.h"

namespace pflow::codegen {

class LinkArguments {
 public:
  LinkArguments(const LinkRequest& request, Diagnostics& diagnostics)
      : request_(request), diagnostics_(diagnostics) {}

  /// Everything needed to link the objects at these paths to `output`. False after
  /// a report: something is not installed.
  [[nodiscard]] bool collect(const std::vector<std::string>& objects, const std::string& output);
  [[nodiscard]] const std::vector<std::string>& all() const { return arguments_; }
  /// Those that are files of an installation.
  [[nodiscard]] std::vector<std::string> installed() const;

 private:
  [[nodiscard]] bool find_c_library();
  void add_options(const std::string& output);
  [[nodiscard]] bool add_archive(const std::string& name);
  void add_extra(const std::string& path);
  [[nodiscard]] bool add_cassettes();
  [[nodiscard]] std::string in_library(const std::string& name) const;
  [[nodiscard]] std::string in_system(const std::string& name) const;

  const LinkRequest& request_;
  Diagnostics& diagnostics_;
  std::vector<std::string> arguments_;
};

}  // namespace pflow::codegen
