/// A driver environment in memory: files, streams and variables of one test.
#pragma once

#include <map>
#include <string>

#include "test/support/memory_files.h"
#include "tools/driver/driver_env.h"

namespace pflow {

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
    env.has_variable = [this](const char* name) { return variables.contains(name); };
  }

  DriverEnv env;
  MemoryFiles files;
  std::map<std::string, std::string> variables;
  std::string input;
  std::string out;
  std::string err;
};

}  // namespace pflow
