/// What a name in a program stands for, and where names stand.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "frontend/query/snapshot.h"

namespace pflow::query {

enum class EntityKind : uint8_t {
  Decl,          ///< node, flow, schema, type: `decl`
  Builtin,       ///< node of the compiler: `word`
  Key,           ///< of a flow, node or lambda: `index` is its KeyId
  Port,          ///< parameter `index` of `decl`, and the key that it is inside
  Output,        ///< output or result `index` of `decl`, and the keys that are it
  EachPort,      ///< `results`, `skipped`, `errors` of the `each` at `place`: `word`
  Field,         ///< field `index` of the schema `decl`
  Label,         ///< `as label` at `place`
  Import,        ///< `as notes` of an import, at `place`
  ImportedFile,  ///< the path of an import: `index` is the FileId
  Type,          ///< a type of the language: `word`
  Policy,        ///< `word`
};

struct Entity {
  EntityKind kind;
  const ast::Decl* decl = nullptr;
  uint32_t index = 0;
  Span place;
  std::string_view word;
  friend bool operator==(const Entity&, const Entity&) = default;
};

enum class Role : uint8_t { Declares, Writes, Reads };

struct Occurrence {
  Span span;  ///< of the name alone
  Entity entity;
  Role role = Role::Reads;
  ir::TypeId type;  ///< of the value where it stands, or none
};

/// The ports of a declaration, and its outputs or results.
[[nodiscard]] std::span<const ast::Port> ports_of(const ast::Decl& decl);
[[nodiscard]] std::span<const ast::Port> outputs_of(const ast::Decl& decl);

/// The name's own place where the entity is declared; none for what the language has.
[[nodiscard]] std::optional<Span> declared_at(const Snapshot& snapshot, const Entity& entity);

}  // namespace pflow::query
