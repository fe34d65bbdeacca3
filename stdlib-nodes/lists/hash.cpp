#include "hash.h"

#include <string.h>
#include <sys/random.h>

#include "items.h"
#include "pflow/tables/types.h"

namespace pf_lists {
namespace {

/// Differs from run to run, so that nobody can send values that all collide.
uint64_t seed() {
  static uint64_t chosen;
  if (chosen == 0 && getrandom(&chosen, sizeof(chosen), 0) != sizeof(chosen)) chosen = 1;
  chosen |= 1;
  return chosen;
}

uint64_t mixed(uint64_t a, uint64_t b) {
  constexpr uint64_t kFactor = 0x9e3779b97f4a7c15;
  auto product = static_cast<unsigned __int128>(a ^ seed()) * (b ^ kFactor);
  return static_cast<uint64_t>(product) ^ static_cast<uint64_t>(product >> 64);
}

uint64_t hash_text(const pf_str& text) {
  uint64_t hash = text.len;
  const char* at = text.data;
  for (size_t left = text.len; left != 0;) {
    uint64_t word = 0;
    size_t part = left < sizeof(word) ? left : sizeof(word);
    memcpy(&word, at, part);
    hash = mixed(hash, word);
    at += part;
    left -= part;
  }
  return hash;
}

/// 0.0 and -0.0 are equal.
uint64_t hash_number(double number) {
  uint64_t bits = 0;
  if (number != 0) memcpy(&bits, &number, sizeof(bits));
  return mixed(bits, PF_FLOAT);
}

uint64_t hash_list(const pf_list& list, const pf_type* element) {
  Items items(list, element);
  uint64_t combined = items.size();
  for (size_t i = 0; i < items.size(); ++i) combined = mixed(combined, hash(items[i], element));
  return combined;
}

/// Of what has no order of its own, or may lie deep, the size alone.
uint64_t hash_size(const pf_list& list) { return mixed(list.head ? list.head->len : 0, PF_MAP); }

uint64_t hash_json(const pf_json& json) {
  switch (static_cast<pf_json_kind>(json.kind)) {
    case PF_JSON_BOOL: return mixed(json.boolean, PF_BOOL);
    case PF_JSON_INT: return hash_number(static_cast<double>(json.integer));
    case PF_JSON_FLOAT: return hash_number(json.number);
    case PF_JSON_STR: return hash_text(json.text);
    case PF_JSON_ARRAY:
    case PF_JSON_OBJECT: return hash_size(json.list);
    case PF_JSON_NULL: return 0;
  }
}

uint64_t hash_fields(const void* record, const pf_type* type) {
  uint64_t combined = type->count;
  for (uint32_t i = 0; i < type->count; ++i) {
    const pf_field& field = type->fields[i];
    combined = mixed(combined, hash(static_cast<const char*>(record) + field.offset, field.type));
  }
  return combined;
}

uint64_t hash_optional(const void* value, const pf_type* type) {
  if (type->count == 1) return hash_size(*static_cast<const pf_list*>(value));
  bool has = static_cast<const bool*>(value)[type->element->size];
  return has ? mixed(hash(value, type->element), 1) : 0;
}

}  // namespace

uint64_t hash(const void* value, const pf_type* type) {
  using pflow::tables::Form;
  switch (pflow::tables::facts_of(type->kind).form) {
    case Form::Int: return mixed(*static_cast<const uint64_t*>(value), PF_INT);
    case Form::Float: return hash_number(*static_cast<const double*>(value));
    case Form::Bool: return mixed(*static_cast<const bool*>(value), PF_BOOL);
    case Form::List: return hash_list(*static_cast<const pf_list*>(value), type->element);
    case Form::Map: return hash_size(*static_cast<const pf_list*>(value));
    case Form::Opt: return hash_optional(value, type);
    case Form::Record: return hash_fields(value, type);
    case Form::Json: return hash_json(*static_cast<const pf_json*>(value));
    case Form::Tool:
      return mixed(static_cast<uint64_t>(*static_cast<const uintptr_t*>(value)), PF_TOOL);
    case Form::Sum: return mixed(*static_cast<const uint64_t*>(value), PF_SUM);
    case Form::Text:
    case Form::Command:
    case Form::Query:
    case Form::Stream: return hash_text(*static_cast<const pf_str*>(value));
  }
}

}  // namespace pf_lists
