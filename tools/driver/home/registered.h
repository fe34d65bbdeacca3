/// The names in models.yaml.
#pragma once

#include <string>
#include <vector>

namespace pflow::home {

struct RegisteredName {
  std::string id;
  std::vector<std::string> aliases;
};

struct Registered {
  std::vector<RegisteredName> models;
};

/// What is wrong with the file, with its line; empty when nothing is, or it is not there.
std::string read_registered(const std::string& path, Registered& out);

}  // namespace pflow::home
