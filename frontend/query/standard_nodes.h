/// All standard nodes and schemas, whether a program uses them or not.
#pragma once

#include <memory>
#include <unordered_set>
#include <vector>

#include "frontend/parse/parse.h"
#include "support/file_system.h"

namespace pflow::query {

struct StandardName {
  const ast::Decl* decl;
  std::string module;  ///< `files`
};

class StandardNodes {
 public:
  /// Reads and parses every interface below the folder.
  StandardNodes(FileSystem& files, const std::string& folder);

  [[nodiscard]] const std::vector<StandardName>& all() const { return all_; }
  [[nodiscard]] bool declare(std::string_view name) const {
    return declared_.contains(names_.find(name));
  }
  [[nodiscard]] const SourceMap& sources() const { return sources_; }
  [[nodiscard]] const Interner& names() const { return names_; }

 private:
  SourceMap sources_;
  Interner names_;
  std::vector<std::unique_ptr<ast::File>> files_;
  std::vector<StandardName> all_;
  std::unordered_set<Symbol> declared_;
};

}  // namespace pflow::query
