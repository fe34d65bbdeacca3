/// A file system in memory.
#pragma once

#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <string>
#include <vector>

#include "support/file_system.h"

namespace pflow {

class MemoryFiles final : public FileSystem {
 public:
  Result<std::string> read(const std::string& path) override {
    auto found = files.find(identity(path));
    if (found == files.end()) return Failure{"No such file"};
    return found->second;
  }
  Result<Done> write(const std::string& path, std::string_view bytes) override {
    if (full) return Failure{"No space left on device"};
    files[identity(path)] = bytes;
    return Done{};
  }
  FileKind kind(const std::string& path) override {
    if (files.contains(identity(path))) return FileKind::File;
    return names_in(path).empty() ? FileKind::None : FileKind::Folder;
  }
  std::string identity(const std::string& path) override {
    return std::filesystem::path(path).lexically_normal().string();
  }
  std::vector<std::string> names_in(const std::string& folder) override {
    const std::string place = identity(folder + "/");
    const std::string prefix = place == "./" ? "" : place;
    std::vector<std::string> names;
    for (const auto& [path, text] : files) {
      if (!path.starts_with(prefix)) continue;
      std::string name = path.substr(prefix.size(), path.find('/', prefix.size()) - prefix.size());
      if (names.empty() || names.back() != name) names.push_back(std::move(name));
    }
    return names;
  }

  /// Takes over the interface files DIR/MODULE/MODULE.pf of a folder of the machine.
  void load_interfaces(const std::filesystem::path& folder, const std::string& as) {
    for (const auto& entry : std::filesystem::directory_iterator(folder)) {
      const std::string module = entry.path().filename().string();
      std::ifstream in(entry.path() / (module + ".pf"), std::ios::binary);
      if (in)
        files[as + "/" + module + "/" + module + ".pf"] = {std::istreambuf_iterator<char>(in), {}};
    }
  }

  std::map<std::string, std::string> files;  ///< by identity()
  bool full = false;
};

}  // namespace pflow
