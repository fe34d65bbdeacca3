#include "ir/types.h"

#include <fmt/format.h>

#include <algorithm>

namespace pflow::ir {

TypeTable::TypeTable() {
  auto plain = [this](TypeKind kind, bool reference = false) {
    Type type;
    type.kind = kind;
    type.holds_reference = reference;
    return add(std::move(type));
  };
  error = plain(TypeKind::Error);
  void_ = plain(TypeKind::Void);
  none = plain(TypeKind::None);
  never = plain(TypeKind::Never);
  str = plain(TypeKind::Str, true);
  bytes = plain(TypeKind::Bytes, true);
  int_ = plain(TypeKind::Int);
  float_ = plain(TypeKind::Float);
  bool_ = plain(TypeKind::Bool);
  duration = plain(TypeKind::Duration);
  path = plain(TypeKind::Path, true);
  secret = plain(TypeKind::Secret, true);
  cmd = plain(TypeKind::Cmd, true);
}

TypeId TypeTable::add(Type type) {
  types_.push_back(std::move(type));
  return TypeId(types_.size() - 1);
}

TypeId TypeTable::list(TypeId element) {
  auto [at, fresh] = composed_.try_emplace({TypeKind::List, element.index});
  if (fresh) {
    Type type;
    type.kind = TypeKind::List;
    type.element = element;
    type.holds_reference = true;
    at->second = add(std::move(type));
  }
  return at->second;
}

TypeId TypeTable::opt(TypeId element) {
  if (is(element, TypeKind::Opt) || is(element, TypeKind::Error)) return element;
  auto [at, fresh] = composed_.try_emplace({TypeKind::Opt, element.index});
  if (fresh) {
    Type type;
    type.kind = TypeKind::Opt;
    type.element = element;
    type.holds_reference = true;
    at->second = add(std::move(type));
  }
  types_[at->second.index].holds_reference = holds_reference(element);
  return at->second;
}

TypeId TypeTable::literal_union(std::vector<std::string> literals) {
  std::sort(literals.begin(), literals.end());
  literals.erase(std::unique(literals.begin(), literals.end()), literals.end());
  auto [at, fresh] = unions_.try_emplace(literals);
  if (fresh) {
    Type type;
    type.kind = TypeKind::Union;
    type.literals = std::move(literals);
    type.holds_reference = true;
    at->second = add(std::move(type));
  }
  return at->second;
}

TypeId TypeTable::record(std::string name) {
  Type type;
  type.kind = TypeKind::Record;
  type.name = std::move(name);
  type.holds_reference = true;
  return add(std::move(type));
}

void TypeTable::set_fields(TypeId record, std::vector<Field> fields) {
  types_[record.index].fields = std::move(fields);
}

bool TypeTable::is_text_like(TypeId id) const {
  switch (kind(id)) {
    case TypeKind::Str:
    case TypeKind::Bytes:
    case TypeKind::Path:
    case TypeKind::Secret:
    case TypeKind::Union: return true;
    default: return false;
  }
}

std::string TypeTable::name(TypeId id) const {
  const Type& type = get(id);
  switch (type.kind) {
    case TypeKind::Error: return "unknown";
    case TypeKind::Void: return "no value";
    case TypeKind::None: return "none";
    case TypeKind::Never: return "never";
    case TypeKind::Str: return "str";
    case TypeKind::Bytes: return "bytes";
    case TypeKind::Int: return "int";
    case TypeKind::Float: return "float";
    case TypeKind::Bool: return "bool";
    case TypeKind::Duration: return "duration";
    case TypeKind::Path: return "path";
    case TypeKind::Secret: return "secret";
    case TypeKind::Cmd: return "cmd";
    case TypeKind::List: return fmt::format("[{}]", name(type.element));
    case TypeKind::Opt:
      if (is(type.element, TypeKind::Union) && get(type.element).literals.size() > 1)
        return fmt::format("({})?", name(type.element));
      return fmt::format("{}?", name(type.element));
    case TypeKind::Union: {
      std::string text;
      for (const std::string& literal : type.literals)
        text += fmt::format("{}\"{}\"", text.empty() ? "" : " | ", literal);
      return text;
    }
    case TypeKind::Record: return type.name;
  }
  return {};
}

}  // namespace pflow::ir
