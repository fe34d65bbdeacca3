/// A folder of its own for each test of nodes that read or write files.
#pragma once

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "test/unit/nodes/node_call.h"

namespace node_test {

class FolderCase : public testing::Test {
 protected:
  FolderCase() {
    char name[] = "/tmp/pf-files-XXXXXX";
    folder_ = mkdtemp(name);
  }
  ~FolderCase() override { std::filesystem::remove_all(folder_); }

  [[nodiscard]] std::string at(std::string_view name) const { return (folder_ / name).string(); }
  void put(std::string_view name, std::string_view content) const {
    std::filesystem::create_directories((folder_ / name).parent_path());
    std::ofstream(at(name), std::ios::binary) << content;
  }
  [[nodiscard]] std::string get(std::string_view name) const {
    std::ostringstream content;
    content << std::ifstream(at(name), std::ios::binary).rdbuf();
    return content.str();
  }
  [[nodiscard]] size_t entries() const {
    namespace fs = std::filesystem;
    return static_cast<size_t>(std::distance(fs::directory_iterator(folder_), {}));
  }

  std::filesystem::path folder_;
};

}  // namespace node_test
