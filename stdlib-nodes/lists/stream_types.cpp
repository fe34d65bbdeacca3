#include "stream_types.h"

#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include "items.h"

namespace pf_lists {
namespace {

constexpr pf_type kInt = {.kind = PF_INT, .size = 8, .align = 8, .counted = 0, .name = "int"};

StreamTypes* g_types;

const char* name_of(const char* before, const char* item, const char* behind) {
  size_t length = strlen(before) + strlen(item) + strlen(behind) + 1;
  auto* name = static_cast<char*>(malloc(length));
  if (!name) pf_out_of_memory();
  strcpy(name, before);
  strcat(name, item);
  return strcat(name, behind);
}

StreamTypes* describe(const pf_type* item) {
  auto* types = static_cast<StreamTypes*>(calloc(1, sizeof(StreamTypes)));
  if (!types) pf_out_of_memory();
  types->item = item;
  types->list = list_of(item);
  types->list.name = name_of("[", item->name, "]");
  TwoParts parts(kInt, *item);
  types->indexed = parts.type;
  types->indexed.name = name_of("Indexed<", item->name, ">");
  types->indexed.count = 2;
  types->indexed.fields = types->indexed_fields;
  types->indexed_fields[0] = {.name = "index", .wire = "index", .type = &kInt, .doc = ""};
  types->indexed_fields[1] = {.name = "value",
                              .wire = "value",
                              .type = item,
                              .offset = static_cast<uint32_t>(parts.second),
                              .doc = ""};
  types->chunk_slot = {&types->list, offsetof(State, chunk), "chunk"};
  return types;
}

}  // namespace

StreamTypes& stream_types(const pf_type* item) {
  for (StreamTypes* types = g_types; types; types = types->next) {
    if (types->item == item) return *types;
  }
  StreamTypes* types = describe(item);
  types->next = g_types;
  g_types = types;
  return *types;
}

}  // namespace pf_lists
