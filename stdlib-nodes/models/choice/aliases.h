/// The user's own names of models: aliases.json in PFLOW_HOME.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace pf_models {

/// What a name stands for.
struct Alias {
  std::string target;   ///< no alias itself; empty: the name is none
  std::string problem;  ///< it leads back to itself
  bool broken = false;  ///< the file cannot be read, which has been reported
};

Alias resolve_alias(std::string_view name);

/// All names that stand in the file.
std::vector<std::string_view> alias_names();

}  // namespace pf_models
