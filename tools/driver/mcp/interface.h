/// The tools of a server as nodes.
#pragma once

#include <boost/json.hpp>
#include <string>
#include <utility>
#include <vector>

namespace pflow::mcp {

struct Interface {
  std::string text;            ///< of `NAME.pf`
  boost::json::object locked;  ///< by tool: what its node was made of
  std::vector<std::pair<std::string, std::string>> left_out;  ///< tools, and why
};

/// `tools` are those of a `tools/list`. `server` is the name that programs call it by, `reach` how
/// it is reached, for readers.
[[nodiscard]] Interface make_interface(const std::string& server, const std::string& reach,
                                       const boost::json::array& tools, bool is_remote);

}  // namespace pflow::mcp
