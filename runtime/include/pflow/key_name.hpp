/// Names of keys, the variables that stand for them, and whether they are there.
#pragma once

#include <string.h>

#include <string_view>

#include "pflow/abi.h"

/// Whether each of these keys is there, by its name or as NAME_API_KEY; those that are not have
/// been reported at the first of the sites. What `keys("slack")` of a node asks before the flow
/// runs.
extern "C" bool pf_keys_are_there(const char* const* names, size_t count,
                                  const pf_site* const* sites, size_t site_count);

namespace pflow {

/// `demo`, and DEMO_API_KEY.
class KeyName {
 public:
  /// False when it is no name: of letters, digits, `_`, `-` and `.`, and not too long.
  bool set(std::string_view name) {
    constexpr std::string_view kEnd = "_API_KEY";
    if (name.empty() || name.size() + kEnd.size() >= sizeof(variable_)) return false;
    for (size_t i = 0; i < name.size(); ++i) {
      char c = name[i];
      bool small = c >= 'a' && c <= 'z';
      bool plain = small || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
      if (!plain && c != '-' && c != '.') return false;
      name_[i] = c;
      variable_[i] = small ? static_cast<char>(c - 'a' + 'A') : plain ? c : '_';
    }
    name_[name.size()] = 0;
    memcpy(variable_ + name.size(), kEnd.data(), kEnd.size());
    variable_[name.size() + kEnd.size()] = 0;
    return true;
  }
  [[nodiscard]] const char* name() const { return name_; }
  [[nodiscard]] const char* variable() const { return variable_; }

 private:
  char name_[128];
  char variable_[128];
};

}  // namespace pflow
