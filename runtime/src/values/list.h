/// Lists: one counted block of a head and its elements.
#pragma once

#include <stddef.h>
#include <stdlib.h>

#include "pflow/abi.h"
#include "pflow/tables/types.h"

namespace pflow::rt {

inline constexpr pf_type kTextType = {
    .kind = PF_STR, .size = sizeof(pf_str), .align = alignof(pf_str), .counted = 1, .name = "str"};
inline constexpr pf_type kTextListType = {.kind = PF_LIST,
                                          .size = sizeof(pf_list),
                                          .align = alignof(pf_list),
                                          .counted = 1,
                                          .name = "[str]",
                                          .element = &kTextType};
inline constexpr pf_type kJsonType = {.kind = PF_JSON,
                                      .size = sizeof(pf_json),
                                      .align = alignof(pf_json),
                                      .counted = 1,
                                      .name = "json"};

/// The values that a command or query binds.
inline const pf_type* bound_type(const pf_type* type) {
  return tables::facts_of(type->kind).form == tables::Form::Command ? &kTextType : &kJsonType;
}

/// An entry of a JSON object.
struct JsonEntry {
  pf_str key;
  pf_json value;
};
inline constexpr pf_field kJsonEntryFields[] = {
    {"key", "key", &kTextType, offsetof(JsonEntry, key), "", nullptr},
    {"value", "value", &kJsonType, offsetof(JsonEntry, value), "", nullptr}};
inline constexpr pf_type kJsonEntryType = {.kind = PF_RECORD,
                                           .size = sizeof(JsonEntry),
                                           .align = alignof(JsonEntry),
                                           .counted = 1,
                                           .name = "KeyValue<json>",
                                           .count = 2,
                                           .fields = kJsonEntryFields};
/// A JSON object as the map it is, and an array as the list.
inline constexpr pf_type kJsonObjectType = {.kind = PF_MAP,
                                            .size = sizeof(pf_list),
                                            .align = alignof(pf_list),
                                            .counted = 1,
                                            .name = "map<json>",
                                            .element = &kJsonEntryType};
inline constexpr pf_type kJsonArrayType = {.kind = PF_LIST,
                                           .size = sizeof(pf_list),
                                           .align = alignof(pf_list),
                                           .counted = 1,
                                           .name = "[json]",
                                           .element = &kJsonType};

inline char* list_data(pf_list_head* head) { return reinterpret_cast<char*>(head + 1); }
inline const char* list_data(const pf_list_head* head) {
  return reinterpret_cast<const char*>(head + 1);
}
inline void* list_at(pf_list_head* head, size_t index, const pf_type* element) {
  return list_data(head) + index * element->size;
}
inline const void* list_at(const pf_list_head* head, size_t index, const pf_type* element) {
  return list_data(head) + index * element->size;
}
inline size_t list_len(const pf_list_head* head) { return head ? head->len : 0; }
inline void list_release(pf_list_head* head, const pf_type* element) {
  if (head && --head->count == 0) pf_list_free(head, element);
}

/// Appends an element of zeroes to a list that nobody else holds; it is to be filled.
void* list_add_zeroed(pf_list& list, const pf_type* element);
/// Puts a copy in the place of a list that others hold, too.
void list_make_own(pf_list& list, const pf_type* element);

inline pf_list_head* list_of(const void* value) {
  return *static_cast<pf_list_head* const*>(value);
}

/// An optional is its value, then the flag, as a C struct lays them out; a boxed one
/// the list of its value.
inline bool is_boxed(const pf_type* optional) { return optional->count == 1; }
inline bool optional_has(const void* value, const pf_type* optional) {
  if (is_boxed(optional)) return list_of(value) != nullptr;
  return *(static_cast<const bool*>(value) + optional->element->size);
}
/// The value of an optional that has one.
inline const void* optional_value(const void* value, const pf_type* optional) {
  return is_boxed(optional) ? list_data(list_of(value)) : value;
}
/// Where the value of an empty optional goes, which then has one: zeroed room.
void* optional_fill(void* value, const pf_type* optional);

inline const pf_type* variant_type(const pf_sum& sum, const pf_type* type) {
  return type->variants[sum.variant];
}

}  // namespace pflow::rt
