/// A driver environment in memory: files, streams and variables of one test.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "tools/driver/driver_env.h"

namespace pflow {

class MemoryFiles final : public FileSystem {
 public:
  Result<std::string> read(const std::string& path) override {
    auto found = files.find(path);
    if (found == files.end()) return Failure{"No such file"};
    return found->second;
  }
  Result<Done> write(const std::string& path, std::string_view bytes) override {
    if (full) return Failure{"No space left on device"};
    files[path] = bytes;
    return Done{};
  }
  bool exists(const std::string& path) override { return files.count(path) != 0; }
  std::vector<std::string> names_in(const std::string&) override {
    std::vector<std::string> names;
    for (const auto& [name, text] : files) names.push_back(name);
    return names;
  }

  std::map<std::string, std::string> files;
  bool full = false;
};

/// What a run of the driver saw and did.
struct MemoryEnv {
  MemoryEnv() {
    env.files = &files;
    env.read_input = [this] { return Result<std::string>(input); };
    env.out = [this](std::string_view text) {
      out += text;
      return Result<Done>(Done{});
    };
    env.err = [this](std::string_view text) { err += text; };
    env.variable = [this](const char* name) { return variables[name]; };
  }

  DriverEnv env;
  MemoryFiles files;
  std::map<std::string, std::string> variables;
  std::string input;
  std::string out;
  std::string err;
};

}  // namespace pflow
