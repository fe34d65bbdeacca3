/// The nodes, flows and types of one file and of those that it imports.
#pragma once

#include <string>
#include <vector>

#include "frontend/query/node_doc.h"
#include "tools/driver/driver_env.h"
#include "tools/driver/options.h"

namespace pflow::reference {

struct FileDoc {
  std::string name;  ///< its path; of an interface its module
  std::string doc;
  std::vector<query::NodeDoc> nodes;
};

/// The file first. Empty after what is wrong with it was shown.
[[nodiscard]] std::vector<FileDoc> read_file_docs(const std::string& path, const Options& options,
                                                  DriverEnv& env);

}  // namespace pflow::reference
