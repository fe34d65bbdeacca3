/// What `pflowc openapi` is asked for.
#pragma once

#include <map>
#include <string>
#include <utility>
#include <vector>

namespace pflow::openapi {

struct Request {
  std::vector<std::string> only;                           ///< patterns; empty: all operations
  std::map<std::string, std::string> keys;                 ///< by security scheme; "" for all
  std::vector<std::pair<std::string, std::string>> pages;  ///< how lists go on, by pattern
  std::string server;  ///< instead of those of the document, or empty
  bool user = false;   ///< in PFLOW_HOME, not beside the program
};

}  // namespace pflow::openapi
