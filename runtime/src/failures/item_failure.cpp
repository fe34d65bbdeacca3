#include "runtime/src/failures/item_failure.h"

#include <stddef.h>

#include "runtime/src/failures/failure.h"
#include "runtime/src/failures/skipped.h"
#include "runtime/src/json/json_text.h"
#include "runtime/src/values/buffer.h"
#include "runtime/src/values/list.h"
#include "runtime/src/values/to_text.h"
#include "runtime/src/values/utf8.h"

namespace pflow::rt {
namespace {

constexpr pf_type kIntType = {.kind = PF_INT, .size = 8, .align = 8, .counted = 0, .name = "int"};
constexpr const pf_type* kTypeOfInt = &kIntType;
constexpr const pf_type* kTypeOfStr = &kTextType;
constexpr pf_field kFields[] = {
#define PF_ERROR_FIELD(name, kind)
#define PF_ITEM_ERROR_FIELD(name, kind) \
  {#name, #name, kTypeOf##kind, offsetof(pf_item_error, name), "", nullptr},
#include "pflow/tables/error_records.def"
};

/// As much of a text as an error may show.
void add_shortened(Buffer& out, pf_str text) {
  constexpr int64_t kShown = 60;
  size_t at = 0;
  for (int64_t points = 0; at < text.len && points < kShown; ++points) {
    size_t bytes;
    (void)decode_code_point(text.data + at, text.len - at, &bytes);
    at += bytes;
  }
  out.add(text.data, at);
  if (at < text.len) out.add("…");
}

void add_named(Buffer& out, const Failure& failure, int64_t index, const void* item,
               const pf_type* type) {
  Buffer value;
  add_json(value, item, type);
  out.format("item at index %lld (", static_cast<long long>(index));
  add_shortened(out, value.text());
  out.add("): ");
  out.add(failure.message);
}

}  // namespace

const pf_type kItemErrorType = {.kind = PF_RECORD,
                                .size = sizeof(pf_item_error),
                                .align = alignof(pf_item_error),
                                .counted = 1,
                                .name = "ItemError",
                                .count = sizeof kFields / sizeof kFields[0],
                                .fields = kFields};

void name_item(Failure* failure, int64_t index, const void* item, const pf_type* type) {
  constexpr uint8_t kNamed = 4;
  if (failure->items == kNamed) return;
  ++failure->items;
  Buffer message;
  add_named(message, *failure, index, item, type);
  set_message(failure, message.take());
}

void note_item(const pf_site* site, const Failure& failure, int64_t index, const void* item,
               const pf_type* type) {
  Buffer message;
  if (wants_reason(site)) add_named(message, failure, index, item, type);
  note_skipped(site, failure.kind, message.text());
}

pf_item_error keep_item_error(Failure* failure, int64_t index, const void* item,
                              const pf_type* type) {
  Buffer value, shown;
  add_text(value, item, type);
  add_shortened(shown, value.text());
  pf_item_error error = {
      .index = index, .value = shown.take(), .message = failure->message, .kind = {}};
  error.kind = view(kind_name(failure->kind));
  failure->message = {};
  free_failure(failure);
  return error;
}

bool is_skippable(const Failure& failure) {
  return failure.kind != PF_E_CANCELLED && failure.kind != PF_E_INTERNAL;
}

}  // namespace pflow::rt
