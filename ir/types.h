/// The types of the language, interned: two equal types have one `TypeId`.
/// Shared by the semantic checks, the IR and code generation.
#pragma once

#include <cstdint>
#include <deque>
#include <map>
#include <string>
#include <string_view>
#include <tuple>
#include <vector>

#include "runtime/include/pflow/tables/types.h"
#include "support/ids.h"
#include "support/source.h"

namespace pflow::ir {

using TypeId = Id<struct TypeTag>;

enum class TypeKind : uint8_t {
#define PFLOW_TYPE(Name, text, traits) Name,
#include "ir/types.def"
};
/// What the runtime knows of values of such a type; null when there are none.
[[nodiscard]] const tables::TypeFacts* facts_of(TypeKind kind);
[[nodiscard]] bool has_trait(TypeKind kind, tables::Trait trait);

struct Field {
  std::string name;
  std::string wire;  ///< name in JSON
  TypeId type;
  std::string doc;
};

struct Type {
  TypeKind kind = TypeKind::Error;
  TypeId element;                     ///< List, Opt, Map, Stream
  std::vector<std::string> literals;  ///< Union, sorted and unique
  std::vector<TypeId> variants;       ///< Sum
  std::string name;                   ///< Record, Param
  std::string tag;                    ///< in JSON, where declared: Record: as a variant;
                                      ///< Sum: the member that holds it
  std::string doc;                    ///< Record
  std::string told_apart;             ///< Record: see `tell_apart`
  std::string generic;                ///< of a built-in generic record: `Pair`
  std::vector<Field> fields;          ///< Record; filled by `set_fields`
  bool holds_reference = false;       ///< a value of it may own counted memory
};

/// Owner of all types of one compilation.
class TypeTable {
 public:
  TypeTable();

  // The fixed ones.
  TypeId error, void_, none, never;
#define PF_TYPE(Name, NAME, member, word, form, traits) TypeId member;
#define PF_MADE_TYPE(Name, NAME, form, traits)
#include "runtime/include/pflow/tables/types.def"
  /// The records of an error and of an item that failed: tables/error_records.def.
  TypeId error_record, item_error_record;

  TypeId list(TypeId element);
  TypeId map(TypeId element);
  TypeId stream(TypeId element);
  /// `T?`; an optional of an optional is the optional itself.
  TypeId opt(TypeId element);
  TypeId literal_union(std::vector<std::string> literals);
  /// `A | B`, `A | B by "tag"`; one record alone is itself.
  TypeId sum(std::vector<TypeId> records, std::string tag = {});
  TypeId param(std::string name);
  /// The built-in generic records: one type for each choice of `arguments`.
  TypeId pair(TypeId first, TypeId second);  ///< Pair<A, B> { first, second }
  TypeId indexed(TypeId value);              ///< Indexed<T> { index, value }
  TypeId key_value(TypeId value);            ///< KeyValue<T> { key, value }
  /// A new record type; `set_fields` follows once all schemas have a type.
  TypeId record(std::string name, std::string tag = {}, std::string doc = {});
  void set_fields(TypeId record, std::vector<Field> fields);
  /// What a record is called where others have its name, too: `notes.Item`.
  void tell_apart(TypeId record, std::string shown);

  [[nodiscard]] const Type& get(TypeId id) const { return types_[id.index]; }
  [[nodiscard]] TypeKind kind(TypeId id) const { return types_[id.index].kind; }
  [[nodiscard]] bool is(TypeId id, TypeKind kind) const { return this->kind(id) == kind; }
  /// Whether a value may own counted memory and must be dropped.
  [[nodiscard]] bool holds_reference(TypeId id) const { return get(id).holds_reference; }
  [[nodiscard]] bool has(TypeId id, tables::Trait trait) const {
    return has_trait(kind(id), trait);
  }
  /// Whether its run-time form is that of `str` (str, bytes, path, secret, url, literal unions).
  [[nodiscard]] bool is_text_like(TypeId id) const;
  /// Whether a `T?` is held by a pointer, because T holds itself through it.
  [[nodiscard]] bool is_boxed(TypeId opt) const;
  /// The type of one word that is written so; none for other words.
  [[nodiscard]] TypeId of_word(std::string_view word) const;
  /// As the user would write it: `[str]`, `"a" | "b"`, `Entry?`.
  [[nodiscard]] std::string name(TypeId id) const { return written(id, &Type::name); }
  /// The same for who reads of several types, of which some may have one name.
  [[nodiscard]] std::string shown(TypeId id) const { return written(id, &Type::told_apart); }
  [[nodiscard]] size_t size() const { return types_.size(); }

 private:
  TypeId add(Type type);
  TypeId compose(TypeKind kind, TypeId element, bool reference);
  TypeId builtin_record(std::string_view name, std::vector<Field> fields);
  [[nodiscard]] bool holds_inline(TypeId outer, TypeId inner) const;
  /// With the names of records by that member, where it is not empty.
  [[nodiscard]] std::string written(TypeId id, std::string Type::* record) const;
  [[nodiscard]] std::string generic_text(const Type& type, std::string Type::* record) const;
  std::deque<Type> types_;
  std::map<std::tuple<TypeKind, uint32_t>, TypeId> composed_;
  std::map<std::vector<std::string>, TypeId> unions_;
  std::map<std::pair<std::vector<TypeId>, std::string>, TypeId> sums_;
  std::map<std::string, TypeId> params_;
  std::map<std::string, TypeId> builtin_;
};

}  // namespace pflow::ir
