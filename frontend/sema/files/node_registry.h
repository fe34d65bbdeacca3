/// The standard nodes: which interface file declares which name, found by a
/// cheap scan of the first words of each line, so that only the files whose
/// names a program uses are parsed.
#pragma once

#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "support/file_system.h"

namespace pflow::sema {

/// One interface file, DIR/MODULE/MODULE.pf.
struct InterfaceFile {
  std::string module;
  std::string path;
  std::string text;
  std::vector<std::string_view> names;  ///< nodes, schemas and types, into `text`
};

/// The names that an interface text declares, in source order.
[[nodiscard]] std::vector<std::string_view> declared_names(std::string_view text);

class NodeRegistry {
 public:
  /// Reads all interface files below `directory`; an absent folder has none.
  NodeRegistry(FileSystem& files, const std::string& directory);

  /// The index of the file that declares the name, or -1.
  [[nodiscard]] int find(std::string_view name) const;
  [[nodiscard]] const std::vector<InterfaceFile>& files() const { return files_; }

 private:
  std::vector<InterfaceFile> files_;  ///< by module name; texts do not move
  std::unordered_map<std::string_view, int> index_;
};

}  // namespace pflow::sema
