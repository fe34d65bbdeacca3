#include "keys.h"

#include "pflow/node.hpp"

namespace pf_mcp {

std::string as_variable(std::string_view name) {
  std::string variable;
  for (char c : name) {
    const bool small = c >= 'a' && c <= 'z';
    const bool plain = small || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    variable += small ? static_cast<char>(c - 'a' + 'A') : plain ? c : '_';
  }
  return variable;
}

Problem read_key(std::string_view owner, std::string_view name, std::string* out) {
  const std::string text(name), variable = key_variable(name);
  pf_str found{};
  const pf_key_state state = pf_key(text.c_str(), variable.c_str(), &found);
  const pflow::Text key(found);
  *out = key.view();
  if (state == PF_KEY_FOUND) return {};
  if (state == PF_KEY_BROKEN) return {"the key `" + text + "` cannot be read", ""};
  return {std::string(owner) + " needs the key `" + text + "`, which is not set",
          "`pflowc keys set " + text + "` stores it; the variable " + variable + " holds it, too"};
}

}  // namespace pf_mcp
