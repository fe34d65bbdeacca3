/// The nodes that the compiler implements itself: their names and parameters.
#pragma once

#include <span>
#include <string_view>
#include <vector>

#include "frontend/sema/checked.h"

namespace pflow::sema {

struct BuiltinParam {
  std::string_view name;
  bool optional = false;
  bool takes_type = false;
};

/// A row: `params` in the order of CallInfo::arguments. `in_port` is what `>>`
/// and `x.f()` feed, -1 without.
struct BuiltinInfo {
  Builtin builtin;
  std::string_view name;
  std::vector<BuiltinParam> params;
  int in_port = 0;
};

[[nodiscard]] std::span<const BuiltinInfo> all_builtins();
/// Null when the name is none.
[[nodiscard]] const BuiltinInfo* find_builtin(std::string_view name);

}  // namespace pflow::sema
