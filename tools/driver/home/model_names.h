/// The names that PFLOW_HOME has for models.
#pragma once

#include <string>
#include <vector>

#include "tools/driver/driver_env.h"

namespace pflow::home {

/// One of models.yaml.
struct RegisteredName {
  std::vector<std::string> names;  ///< its id, then its aliases
  bool embeds = false;
};

/// What is wrong with the file, with its line; empty when nothing is, or it is not there.
std::string read_registered(const std::string& path, std::vector<RegisteredName>& out);

/// The first line of default_model.txt.
[[nodiscard]] std::string default_model(const std::string& path, const DriverEnv& env);

/// The model `given`, else the default one, and what it stands for in aliases.json, up to a name of
/// models.yaml. Of files that are broken the program says so.
[[nodiscard]] std::vector<std::string> unregistered_names(const std::string& given,
                                                          const DriverEnv& env);

}  // namespace pflow::home
