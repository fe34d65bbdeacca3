/// What a node says to its tool: which argument each port is, and what comes back.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "members.h"
#include "pflow/abi.h"

namespace pf_mcp {

class Plan {
 public:
  /// That of a node, made once.
  static const Plan& of(const pf_foreign& node);

  /// The ports of a call as the object of arguments: what is `none` is left out, unless the tool
  /// wants a null there.
  [[nodiscard]] std::string arguments(const void* in) const;
  /// Whether it has said what the structure of its results is.
  [[nodiscard]] bool is_structured() const {
    return member(&tool_.get(), "outputSchema") != nullptr;
  }
  /// The tool as it was when the program was compiled.
  [[nodiscard]] const pf_json& tool() const { return tool_.get(); }

 private:
  explicit Plan(const pf_foreign& node);

  struct Argument {
    const pf_field* port;
    std::string name;
    bool is_required;
  };
  Json tool_;
  std::vector<Argument> arguments_;
};

}  // namespace pf_mcp
