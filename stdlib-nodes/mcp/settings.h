/// How a server is reached: the member `server` of its file (docs/mcp.md).
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "pflow/abi.h"

namespace pf_mcp {

/// What is wrong before anything runs; `text` is empty when nothing is.
struct Problem {
  std::string text;
  std::string help;
};

struct Settings {
  using Named = std::vector<std::pair<std::string, std::string>>;

  std::string name;                      ///< as programs call the server
  std::string shown;                     ///< its command or address, as messages show it
  std::vector<std::string> words;        ///< as exec(3) takes them; empty: it has an address
  std::vector<std::string> environment;  ///< `NAME=VALUE`
  std::string url;
  Named headers;
};

/// Whether the node's server is told of as `read_settings` needs it, and its command and keys are
/// there.
Problem read_settings(const pf_foreign& node, Settings* out);

}  // namespace pf_mcp
