#include "frontend/sema/builtins.h"

#include <array>

namespace pflow::sema {

std::span<const BuiltinInfo> all_builtins() {
  static const std::array<BuiltinInfo, 13> kAll = {{
      {Builtin::Choose, "choose", {{"action"}}},
      {Builtin::Fail, "fail", {{"message"}}, -1},
      {Builtin::Map, "map", {{"items"}, {"function"}}},
      {Builtin::Filter, "filter", {{"items"}, {"function"}}},
      {Builtin::Fold, "fold", {{"items"}, {"initial"}, {"function"}}},
      {Builtin::SortBy, "sort_by", {{"items"}, {"function"}}},
      {Builtin::Len, "len", {{"value"}}},
      {Builtin::Slice, "slice", {{"value"}, {"from", true}, {"to", true}}},
      {Builtin::Str, "str", {{"value"}}},
      {Builtin::Int, "int", {{"value"}}},
      {Builtin::Float, "float", {{"value"}}},
      {Builtin::Abs, "abs", {{"value"}}},
      {Builtin::Clamp, "clamp", {{"value"}, {"low"}, {"high"}}},
  }};
  return kAll;
}

const BuiltinInfo* find_builtin(std::string_view name) {
  for (const BuiltinInfo& info : all_builtins())
    if (info.name == name) return &info;
  return nullptr;
}

}  // namespace pflow::sema
