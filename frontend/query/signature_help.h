/// The call that is being written.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "frontend/query/probe.h"

namespace pflow::query {

struct CallHelp {
  struct Parameter {
    size_t begin, end;  ///< bytes of `signature`
    std::string doc;
  };
  std::string signature;
  std::string doc;
  std::vector<Parameter> parameters;
  std::optional<size_t> active;  ///< which one the cursor is in
};

/// None outside of a call's parentheses.
[[nodiscard]] std::optional<CallHelp> call_help(const Probe& probe);

}  // namespace pflow::query
