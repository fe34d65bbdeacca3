/// The command line for lld: start file, objects, archives, C library, and where they lie.
#pragma once

#include <string>
#include <string_view>
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
  /// Those that are files of an installation, and what it loads of them.
  [[nodiscard]] std::vector<std::string> installed() const;

 private:
  [[nodiscard]] bool find_target();
  void add_options(const std::string& output);
  void add_start();
  [[nodiscard]] bool add_archive(const std::string& name);
  [[nodiscard]] bool add_weakly_known(const std::string& name);
  [[nodiscard]] bool add_packages();
  void add_extra(const std::string& path);
  bool add_file(std::string path);
  [[nodiscard]] bool add_client();
  void add_c_library();
  [[nodiscard]] std::string in_library(std::string_view name) const;
  [[nodiscard]] std::string in_c_library(std::string_view name) const;

  const LinkRequest& request_;
  Diagnostics& diagnostics_;
  std::vector<std::string> arguments_;
  std::string loaded_;  ///< a library of the installation that the executable loads
};

}  // namespace pflow::codegen
