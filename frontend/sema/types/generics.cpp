#include "frontend/sema/types/generics.h"

#include <algorithm>

namespace pflow::sema {

using ir::Type;
using ir::TypeId;
using ir::TypeKind;
using ir::TypeTable;

std::string_view generic_name(const Type& type) {
  std::string_view name = type.name;
  size_t open = name.find('<');
  return type.kind == TypeKind::Record && open != name.npos ? name.substr(0, open)
                                                            : std::string_view();
}

namespace {

template <typename Test>
bool any_param(const TypeTable& types, TypeId type, Test&& test) {
  const Type& info = types.get(type);
  if (info.kind == TypeKind::Param) return test(type);
  if (info.element.valid()) return any_param(types, info.element, test);
  if (generic_name(info).empty()) return false;
  return std::any_of(info.fields.begin(), info.fields.end(),
                     [&](const ir::Field& field) { return any_param(types, field.type, test); });
}

}  // namespace

bool mentions(const TypeTable& types, TypeId type, TypeId param) {
  return any_param(types, type, [&](TypeId found) { return found == param; });
}

void TypeArguments::bind(TypeId param, TypeId type) {
  auto found = std::find(params_.begin(), params_.end(), param);
  if (found != params_.end()) bound_[found - params_.begin()] = type;
}

bool TypeArguments::is_bound(TypeId param) const {
  auto found = std::find(params_.begin(), params_.end(), param);
  return found != params_.end() && bound_[found - params_.begin()].valid();
}

void TypeArguments::infer(TypeId pattern, TypeId actual) {
  const Type& wanted = types_.get(pattern);
  const Type& given = types_.get(actual);
  if (wanted.kind == TypeKind::Param) {
    bool says = given.kind != TypeKind::None && given.kind != TypeKind::Never;
    if (says && !is_bound(pattern)) bind(pattern, actual);
    return;
  }
  if (given.kind == TypeKind::Error) {
    for (TypeId param : params_)
      if (mentions(types_, pattern, param) && !is_bound(param)) bind(param, actual);
    return;
  }
  if (wanted.element.valid()) {
    bool same = given.kind == wanted.kind;
    bool listed = wanted.kind == TypeKind::Stream && given.kind == TypeKind::List;
    if (same || listed)
      infer(wanted.element, given.element);
    else if (wanted.kind == TypeKind::Opt)
      infer(wanted.element, actual);
    return;
  }
  if (generic_name(wanted).empty() || generic_name(wanted) != generic_name(given)) return;
  for (size_t i = 0; i < wanted.fields.size(); ++i)
    infer(wanted.fields[i].type, given.fields[i].type);
}

bool TypeArguments::closes(TypeId pattern) const {
  return !any_param(types_, pattern, [&](TypeId param) { return !is_bound(param); });
}

TypeId TypeArguments::apply(TypeId pattern) const {
  const Type& type = types_.get(pattern);
  if (type.kind == TypeKind::Param) {
    auto found = std::find(params_.begin(), params_.end(), pattern);
    TypeId bound = found == params_.end() ? TypeId() : bound_[found - params_.begin()];
    return bound.valid() ? bound : types_.error;
  }
  if (type.kind == TypeKind::List) return types_.list(apply(type.element));
  if (type.kind == TypeKind::Map) return types_.map(apply(type.element));
  if (type.kind == TypeKind::Stream) return types_.stream(apply(type.element));
  if (type.kind == TypeKind::Opt) return types_.opt(apply(type.element));
  std::string_view name = generic_name(type);
  if (name == "Pair") return types_.pair(apply(type.fields[0].type), apply(type.fields[1].type));
  if (name == "Indexed") return types_.indexed(apply(type.fields[1].type));
  if (name == "KeyValue") return types_.key_value(apply(type.fields[1].type));
  return pattern;
}

}  // namespace pflow::sema
