#include "ir/types.h"

#include <fmt/format.h>

#include <algorithm>

namespace pflow::ir {

namespace {

using namespace tables;

struct KindInfo {
  std::string_view text;  ///< empty: `TypeTable::name` composes it
  uint8_t traits;
};
/// By TypeKind.
constexpr KindInfo kKinds[] = {
#define PFLOW_TYPE(Name, text, traits) {text, traits},
#include "ir/types.def"
};

}  // namespace

const TypeFacts* facts_of(TypeKind kind) {
  return kind < TypeKind::Str
             ? nullptr
             : &kTypes[static_cast<size_t>(kind) - static_cast<size_t>(TypeKind::Str)];
}

bool has_trait(TypeKind kind, Trait trait) {
  return (kKinds[static_cast<size_t>(kind)].traits & trait) != 0;
}

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
#define PF_TYPE(Name, NAME, member, word, form, traits) \
  member = plain(TypeKind::Name, tables::is_counted(tables::Form::form));
#define PF_MADE_TYPE(Name, NAME, form, traits)
#include "runtime/include/pflow/tables/types.def"
  const TypeId ofStr = str, ofInt = int_, ofJson = json;
  error_record = record("Error");
  set_fields(error_record, {
#define PF_ERROR_FIELD(name, kind) {#name, #name, of##kind, {}},
#define PF_ITEM_ERROR_FIELD(name, kind)
#include "runtime/include/pflow/tables/error_records.def"
                           });
  item_error_record = record("ItemError");
  set_fields(item_error_record, {
#define PF_ERROR_FIELD(name, kind)
#define PF_ITEM_ERROR_FIELD(name, kind) {#name, #name, of##kind, {}},
#include "runtime/include/pflow/tables/error_records.def"
                                });
}

TypeId TypeTable::add(Type type) {
  types_.push_back(std::move(type));
  return TypeId(types_.size() - 1);
}

TypeId TypeTable::compose(TypeKind kind, TypeId element, bool reference) {
  auto [at, fresh] = composed_.try_emplace({kind, element.index});
  if (fresh) {
    Type type;
    type.kind = kind;
    type.element = element;
    at->second = add(std::move(type));
  }
  types_[at->second.index].holds_reference = reference;
  return at->second;
}

TypeId TypeTable::list(TypeId element) { return compose(TypeKind::List, element, true); }
TypeId TypeTable::map(TypeId element) { return compose(TypeKind::Map, element, true); }
TypeId TypeTable::stream(TypeId element) { return compose(TypeKind::Stream, element, true); }

TypeId TypeTable::opt(TypeId element) {
  if (is(element, TypeKind::Opt) || is(element, TypeKind::Error)) return element;
  return compose(TypeKind::Opt, element, holds_reference(element));
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

TypeId TypeTable::sum(std::vector<TypeId> records, std::string tag) {
  std::sort(records.begin(), records.end(), [this](TypeId a, TypeId b) {
    return std::pair(std::string_view(get(a).name), a.index) <
           std::pair(std::string_view(get(b).name), b.index);
  });
  records.erase(std::unique(records.begin(), records.end()), records.end());
  if (records.size() == 1) return records.front();
  auto [at, fresh] = sums_.try_emplace({records, tag});
  if (fresh) {
    Type type;
    type.kind = TypeKind::Sum;
    type.variants = std::move(records);
    type.tag = std::move(tag);
    type.holds_reference = true;
    at->second = add(std::move(type));
  }
  return at->second;
}

TypeId TypeTable::param(std::string name) {
  auto [at, fresh] = params_.try_emplace(name);
  if (fresh) {
    Type type;
    type.kind = TypeKind::Param;
    type.name = std::move(name);
    type.holds_reference = true;
    at->second = add(std::move(type));
  }
  return at->second;
}

TypeId TypeTable::builtin_record(std::string_view name, std::vector<Field> fields) {
  std::string key(name);
  for (const Field& field : fields) key += fmt::format(",{}", field.type.index);
  auto [at, fresh] = builtin_.try_emplace(key);
  if (fresh) {
    at->second = record({});
    set_fields(at->second, std::move(fields));
    Type& made = types_[at->second.index];
    made.generic = name;
    made.name = generic_text(made, &Type::name);
  }
  return at->second;
}

TypeId TypeTable::pair(TypeId first, TypeId second) {
  return builtin_record("Pair", {{"first", {}, first, {}}, {"second", {}, second, {}}});
}

TypeId TypeTable::indexed(TypeId value) {
  return builtin_record("Indexed", {{"index", {}, int_, {}}, {"value", {}, value, {}}});
}

TypeId TypeTable::key_value(TypeId value) {
  return builtin_record("KeyValue", {{"key", {}, str, {}}, {"value", {}, value, {}}});
}

TypeId TypeTable::record(std::string name, std::string tag, std::string doc) {
  Type type;
  type.kind = TypeKind::Record;
  type.name = std::move(name);
  type.tag = std::move(tag);
  type.doc = std::move(doc);
  type.holds_reference = true;
  return add(std::move(type));
}

void TypeTable::set_fields(TypeId record, std::vector<Field> fields) {
  types_[record.index].fields = std::move(fields);
}

void TypeTable::tell_apart(TypeId record, std::string shown) {
  types_[record.index].told_apart = std::move(shown);
}

bool TypeTable::holds_inline(TypeId outer, TypeId inner) const {
  std::vector<TypeId> pending{outer};
  std::vector<bool> seen(types_.size());
  while (!pending.empty()) {
    const Type& type = get(pending.back());
    pending.pop_back();
    auto visit = [&](TypeId part) {
      if (!seen[part.index]) pending.push_back(part);
      seen[part.index] = true;
    };
    if (type.kind == TypeKind::Opt) visit(type.element);
    for (const Field& field : type.fields) visit(field.type);
    if (seen[inner.index]) return true;
  }
  return false;
}

bool TypeTable::is_boxed(TypeId opt) const {
  const Type& type = get(opt);
  return type.kind == TypeKind::Opt && is(type.element, TypeKind::Record) &&
         holds_inline(type.element, type.element);
}

bool TypeTable::is_text_like(TypeId id) const {
  const tables::TypeFacts* facts = facts_of(kind(id));
  return facts != nullptr && facts->form == tables::Form::Text;
}

TypeId TypeTable::of_word(std::string_view text) const {
#define PF_TYPE(Name, NAME, member, word, form, traits) \
  if (text == #word) return member;
#define PF_MADE_TYPE(Name, NAME, form, traits)
#include "runtime/include/pflow/tables/types.def"
  return {};
}

std::string TypeTable::generic_text(const Type& type, std::string Type::* record) const {
  std::string arguments;
  for (const Field& field : type.fields) {
    // An index and a key have the same type in all of them.
    if (field.name == "index" || field.name == "key") continue;
    arguments += fmt::format("{}{}", arguments.empty() ? "" : ", ", written(field.type, record));
  }
  return fmt::format("{}<{}>", type.generic, arguments);
}

std::string TypeTable::written(TypeId id, std::string Type::* record) const {
  const Type& type = get(id);
  const std::string_view text = kKinds[static_cast<size_t>(type.kind)].text;
  if (!text.empty()) return std::string(text);
  const TypeFacts* facts = facts_of(type.kind);
  if (facts == nullptr) return type.name;
  std::string joined;
  switch (facts->form) {
    case Form::List: return fmt::format("[{}]", written(type.element, record));
    case Form::Map: return fmt::format("map<{}>", written(type.element, record));
    case Form::Stream: return fmt::format("stream<{}>", written(type.element, record));
    case Form::Opt:
      if (is(type.element, TypeKind::Sum) ||
          (is(type.element, TypeKind::Union) && get(type.element).literals.size() > 1))
        return fmt::format("({})?", written(type.element, record));
      return fmt::format("{}?", written(type.element, record));
    case Form::Text:
      for (const std::string& literal : type.literals)
        joined += fmt::format("{}\"{}\"", joined.empty() ? "" : " | ", literal);
      return joined;
    case Form::Sum:
      for (TypeId variant : type.variants)
        joined += fmt::format("{}{}", joined.empty() ? "" : " | ", written(variant, record));
      return type.tag.empty() ? joined : fmt::format("{} by \"{}\"", joined, type.tag);
    case Form::Record:
      if (!type.generic.empty()) return generic_text(type, record);
      return (type.*record).empty() ? type.name : type.*record;
    case Form::Tool:
    case Form::Int:
    case Form::Float:
    case Form::Bool:
    case Form::Command:
    case Form::Query:
    case Form::Json: break;
  }
  return type.name;
}

}  // namespace pflow::ir
