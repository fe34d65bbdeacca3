#include "frontend/sema/conversions.h"

#include <algorithm>

namespace pflow::sema {

using ir::Type;
using ir::TypeId;
using ir::TypeKind;
using ir::TypeTable;

namespace {

/// Whether every value of `from` is one of `to` without any change: what also
/// holds inside lists and optionals.
bool widens(const TypeTable& types, TypeId from, TypeId to) {
  if (from == to) return true;
  const Type& source = types.get(from);
  const Type& target = types.get(to);
  if (source.kind == TypeKind::Error || target.kind == TypeKind::Error) return true;
  if (source.kind == TypeKind::Union) {
    if (target.kind == TypeKind::Str) return true;
    return target.kind == TypeKind::Union &&
           std::includes(target.literals.begin(), target.literals.end(), source.literals.begin(),
                         source.literals.end());
  }
  bool container = source.kind == TypeKind::List || source.kind == TypeKind::Opt;
  return container && source.kind == target.kind && widens(types, source.element, target.element);
}

/// `seen` holds the records above, since a schema may reach itself.
bool holds_secret(const TypeTable& types, TypeId type, std::vector<TypeId>& seen) {
  const Type& info = types.get(type);
  if (info.kind == TypeKind::Secret) return true;
  if (info.kind == TypeKind::List || info.kind == TypeKind::Opt)
    return holds_secret(types, info.element, seen);
  if (info.kind != TypeKind::Record || std::find(seen.begin(), seen.end(), type) != seen.end())
    return false;
  seen.push_back(type);
  return std::any_of(info.fields.begin(), info.fields.end(),
                     [&](const ir::Field& field) { return holds_secret(types, field.type, seen); });
}

}  // namespace

bool converts(const TypeTable& types, TypeId from, TypeId to) {
  if (widens(types, from, to)) return true;
  TypeKind source = types.kind(from);
  TypeKind target = types.kind(to);
  if (source == TypeKind::Never) return true;
  if (target == TypeKind::Opt)
    return source == TypeKind::None ||
           (source != TypeKind::Opt && converts(types, from, types.get(to).element));
  if (source == TypeKind::Int) return target == TypeKind::Float;
  bool text = source == TypeKind::Str || source == TypeKind::Union;
  return text && (target == TypeKind::Secret || target == TypeKind::Path);
}

TypeId join_types(TypeTable& types, TypeId a, TypeId b) {
  if (types.is(a, TypeKind::Error) || types.is(b, TypeKind::Error)) return types.error;
  if (converts(types, a, b)) return b;
  if (converts(types, b, a)) return a;
  if (types.is(a, TypeKind::None)) return types.opt(b);
  if (types.is(b, TypeKind::None)) return types.opt(a);
  if (types.is(a, TypeKind::Union) && types.is(b, TypeKind::Union)) {
    std::vector<std::string> all = types.get(a).literals;
    const std::vector<std::string>& more = types.get(b).literals;
    all.insert(all.end(), more.begin(), more.end());
    return types.literal_union(std::move(all));
  }
  if (types.is(a, TypeKind::Opt) || types.is(b, TypeKind::Opt)) {
    // Only what a conversion reaches counts: `T?` does not become `U?` by changing T.
    TypeId joined = join_types(types, unwrapped(types, a), unwrapped(types, b));
    if (!joined.valid()) return {};
    TypeId optional = types.opt(joined);
    return converts(types, a, optional) && converts(types, b, optional) ? optional : TypeId();
  }
  if (types.is(a, TypeKind::List) && types.is(b, TypeKind::List)) {
    TypeId element = join_types(types, types.get(a).element, types.get(b).element);
    if (!element.valid()) return {};
    TypeId list = types.list(element);
    return converts(types, a, list) && converts(types, b, list) ? list : TypeId();
  }
  return {};
}

TypeId unwrapped(const TypeTable& types, TypeId type) {
  return types.is(type, TypeKind::Opt) ? types.get(type).element : type;
}

bool can_interpolate(const TypeTable& types, TypeId type) {
  switch (types.kind(type)) {
    case TypeKind::Void:
    case TypeKind::None:
    case TypeKind::Opt:
    case TypeKind::Bytes:
    case TypeKind::Cmd: return false;
    default: return true;
  }
}

bool holds_secret(const TypeTable& types, TypeId type) {
  std::vector<TypeId> seen;
  return holds_secret(types, type, seen);
}

bool is_ordered(const TypeTable& types, TypeId type) {
  switch (types.kind(type)) {
    case TypeKind::Error:
    case TypeKind::Never:
    case TypeKind::Int:
    case TypeKind::Float:
    case TypeKind::Str:
    case TypeKind::Union:
    case TypeKind::Duration: return true;
    default: return false;
  }
}

}  // namespace pflow::sema
