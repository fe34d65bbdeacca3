/// What `pflowc mcp` is asked for.
#pragma once

#include <string>
#include <utility>
#include <vector>

namespace pflow::mcp {

struct Request {
  std::string action;               ///< `add`, `list`, …; empty: `list`
  std::string name;                 ///< of the server
  std::vector<std::string> target;  ///< behind the name: a command, an address, a tool
  bool user = false;                ///< in PFLOW_HOME, not beside the program
  std::string key;                  ///< its value is the bearer of requests
  /// `NAME=VALUE`, or `NAME` for that of the program.
  std::vector<std::string> variables;
  std::vector<std::pair<std::string, std::string>> key_variables;  ///< variable, key
  std::vector<std::string> headers;                                ///< `NAME: VALUE`
  std::vector<std::string> only;  ///< of the tools those; empty: all
};

}  // namespace pflow::mcp
