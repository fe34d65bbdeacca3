#include "frontend/sema/types/conversions.h"

#include <algorithm>

namespace pflow::sema {

using ir::Type;
using ir::TypeId;
using ir::TypeKind;
using ir::TypeTable;

namespace {

/// Whether every value of `from` is one of `to` without any change: what also
/// holds inside lists, maps, streams and optionals.
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
  bool container = source.kind == TypeKind::List || source.kind == TypeKind::Opt ||
                   source.kind == TypeKind::Map || source.kind == TypeKind::Stream;
  return container && source.kind == target.kind && widens(types, source.element, target.element);
}

/// Whether the type is of one of the kinds, or has one in it. `seen` holds the
/// records above, since a schema may reach itself.
template <typename Test>
bool holds(const TypeTable& types, TypeId type, Test&& test, std::vector<TypeId>& seen) {
  const Type& info = types.get(type);
  if (test(info.kind)) return true;
  if (info.element.valid()) return holds(types, info.element, test, seen);
  if (std::find(seen.begin(), seen.end(), type) != seen.end()) return false;
  seen.push_back(type);
  auto inner = [&](TypeId part) { return holds(types, part, test, seen); };
  return std::any_of(info.variants.begin(), info.variants.end(), inner) ||
         std::any_of(info.fields.begin(), info.fields.end(),
                     [&](const ir::Field& field) { return inner(field.type); });
}

/// Whether each variant of `from`, a record or a sum, is one of the sum type `to`.
bool is_variant(const TypeTable& types, TypeId from, const Type& to) {
  auto has = [&](TypeId record) {
    return std::find(to.variants.begin(), to.variants.end(), record) != to.variants.end();
  };
  if (types.is(from, TypeKind::Record)) return has(from);
  const std::vector<TypeId>& variants = types.get(from).variants;
  return types.is(from, TypeKind::Sum) && std::all_of(variants.begin(), variants.end(), has);
}

/// The sum type of two records or sums; none when one is something else.
TypeId join_sums(TypeTable& types, TypeId a, TypeId b) {
  if (!types.is(a, TypeKind::Sum) && !types.is(b, TypeKind::Sum)) return {};
  std::vector<TypeId> all;
  for (TypeId part : {a, b}) {
    if (types.is(part, TypeKind::Record))
      all.push_back(part);
    else if (types.is(part, TypeKind::Sum))
      all.insert(all.end(), types.get(part).variants.begin(), types.get(part).variants.end());
    else
      return {};
  }
  return types.sum(std::move(all));
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
  if (target == TypeKind::Sum) return is_variant(types, from, types.get(to));
  if (target == TypeKind::Stream)
    return source == TypeKind::List &&
           widens(types, types.get(from).element, types.get(to).element);
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
  if (TypeId sum = join_sums(types, a, b); sum.valid()) return sum;
  if (types.is(a, TypeKind::Opt) || types.is(b, TypeKind::Opt)) {
    // Only what a conversion reaches counts: `T?` does not become `U?` by changing T.
    TypeId joined = join_types(types, unwrapped(types, a), unwrapped(types, b));
    if (!joined.valid()) return {};
    TypeId optional = types.opt(joined);
    return converts(types, a, optional) && converts(types, b, optional) ? optional : TypeId();
  }
  bool lists = types.is(a, TypeKind::List) && types.is(b, TypeKind::List);
  bool maps = types.is(a, TypeKind::Map) && types.is(b, TypeKind::Map);
  if (lists || maps) {
    TypeId element = join_types(types, types.get(a).element, types.get(b).element);
    if (!element.valid()) return {};
    TypeId joined = lists ? types.list(element) : types.map(element);
    return converts(types, a, joined) && converts(types, b, joined) ? joined : TypeId();
  }
  return {};
}

TypeId unwrapped(const TypeTable& types, TypeId type) {
  return types.is(type, TypeKind::Opt) ? types.get(type).element : type;
}

bool can_interpolate(const TypeTable& types, TypeId type) {
  return types.has(type, tables::Shown) && !holds_tool(types, type);
}

bool holds_tool(const TypeTable& types, TypeId type) {
  std::vector<TypeId> seen;
  return holds(types, type, [](TypeKind kind) { return kind == TypeKind::Tool; }, seen);
}

bool holds_secret(const TypeTable& types, TypeId type) {
  std::vector<TypeId> seen;
  return holds(types, type, [](TypeKind kind) { return kind == TypeKind::Secret; }, seen);
}

bool is_template_type(const TypeTable& types, TypeId type) {
  return types.has(type, tables::Bound);
}

bool is_jsonable(const TypeTable& types, TypeId type) {
  std::vector<TypeId> seen;
  return !holds(
      types, type, [](TypeKind kind) { return !has_trait(kind, tables::Jsonable); }, seen);
}

bool is_ordered(const TypeTable& types, TypeId type) { return types.has(type, tables::Ordered); }

}  // namespace pflow::sema
