#include "frontend/sema/calls/builtins.h"

#include <array>

namespace pflow::sema {

std::span<const BuiltinInfo> all_builtins() {
  static const std::array<BuiltinInfo, 24> kAll = {{
      {Builtin::Choose, "choose", {{"action"}}},
      {Builtin::Fail, "fail", {{"message"}, {"exit_code", true}, {"kind", true}}, -1},
      {Builtin::Map, "map", {{"items"}, {"function"}}},
      {Builtin::Filter, "filter", {{"items"}, {"function"}}},
      {Builtin::Fold, "fold", {{"items"}, {"initial"}, {"function"}}},
      {Builtin::FlatMap, "flat_map", {{"items"}, {"function"}}},
      {Builtin::GroupBy, "group_by", {{"items"}, {"function"}}},
      {Builtin::CountBy, "count_by", {{"items"}, {"function"}}},
      {Builtin::SumBy, "sum_by", {{"items"}, {"function"}, {"value"}}},
      {Builtin::Top, "top", {{"items"}, {"count"}, {"function"}}},
      {Builtin::Any, "any", {{"items"}, {"function"}}},
      {Builtin::All, "all", {{"items"}, {"function"}}},
      {Builtin::Count, "count", {{"items"}, {"function", true}}},
      {Builtin::Collect, "collect", {{"items"}}},
      {Builtin::As, "as", {{"value"}, {"type", false, true}}},
      {Builtin::SortBy, "sort_by", {{"items"}, {"function"}}},
      {Builtin::Len, "len", {{"value"}}},
      {Builtin::Slice, "slice", {{"value"}, {"from", true}, {"to", true}}},
      {Builtin::Json, "json", {{"value"}}, -1},
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
