#include "runtime/src/json/json_shape.h"

#include <stdlib.h>
#include <string.h>

#include "runtime/src/failures/failure.h"
#include "runtime/src/json/json_text.h"
#include "runtime/src/values/base64.h"
#include "runtime/src/values/list.h"
#include "runtime/src/values/memory.h"
#include "runtime/src/values/number_text.h"

namespace pflow::rt {
namespace {

bool is_name(const pf_str& key) {
  for (size_t i = 0; i < key.len; ++i) {
    char c = key.data[i];
    bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
    if (!letter && !(i != 0 && c >= '0' && c <= '9')) return false;
  }
  return key.len != 0;
}

void add_path(Buffer& out, const JsonStep* step) {
  if (!step) return out.add('$');
  add_path(out, step->outer);
  if (step->index >= 0) return out.format("[%lld]", static_cast<long long>(step->index));
  if (is_name(step->key)) {
    out.add('.');
    return out.add(step->key);
  }
  out.add('[');
  add_json_string(out, step->key);
  out.add(']');
}

void add_shortened(Buffer& out, const pf_str& text) {
  constexpr size_t kShown = 40;
  pf_str shown = text;
  if (text.len > kShown) {
    shown.len = kShown;
    while (shown.len > 0 && (shown.data[shown.len] & 0xc0) == 0x80) --shown.len;
  }
  add_json_string(out, shown);
  if (shown.len != text.len) out.add("...");
}

bool literal(const pf_str& text, const pf_type* type, pf_str* out, JsonShape& shape) {
  for (uint32_t i = 0; i < type->count; ++i) {
    if (!pf_str_equal(&text, &type->literals[i])) continue;
    *out = type->literals[i];
    return true;
  }
  Buffer found;
  add_shortened(found, text);
  return shape.expected(type, found.c_str());
}

bool bytes(const pf_str& text, pf_str* out, JsonShape& shape) {
  Buffer decoded;
  size_t offset;
  if (const char* wrong = read_base64(decoded, text, offset))
    return shape.wrong(PF_E_SCHEMA, "expected base64, found %s at offset %zu", wrong, offset);
  *out = decoded.take();
  return true;
}

}  // namespace

bool is_called(const char* name, const pf_str& key) {
  for (size_t i = 0; i < key.len; ++i)
    if (name[i] == '\0' || name[i] != key.data[i]) return false;
  return name[key.len] == '\0';
}

void JsonShape::begin(pf_error_kind kind) {
  kind_ = kind;
  add_path(message_, step);
  message_.add(": ");
}

bool JsonShape::expected(const pf_type* type, const char* found) {
  return wrong(PF_E_SCHEMA, "expected %s, found %s", type->name, found);
}

bool JsonShape::wrong(pf_error_kind kind, const char* format, ...) {
  begin(kind);
  va_list arguments;
  va_start(arguments, format);
  message_.vformat(format, arguments);
  va_end(arguments);
  return false;
}

bool JsonShape::failed_default() {
  Failure* failure = take_failure();
  if (!failure) return wrong(PF_E_INTERNAL, "the default failed without a message");
  begin(failure->kind);
  message_.add(failure->message);
  free_failure(failure);
  return false;
}

JsonFields::JsonFields(const pf_type* record) : record_(record) {
  if (record->count > 128)
    words_ = static_cast<uint64_t*>(allocate_zeroed((record->count + 63) / 64 * sizeof(uint64_t)));
}

JsonFields::~JsonFields() {
  if (words_ != few_) free(words_);
}

uint32_t JsonFields::find(const pf_str& key) {
  uint32_t field = expected_;
  for (uint32_t tried = 0; tried < record_->count; ++tried, ++field) {
    if (field >= record_->count) field = 0;
    const pf_field& described = record_->fields[field];
    if (!is_called(described.wire ? described.wire : described.name, key)) continue;
    expected_ = field + 1;
    return field;
  }
  return kUnknown;
}

bool JsonFields::mark(uint32_t field) {
  if (has(field)) return false;
  words_[field / 64] |= uint64_t{1} << field % 64;
  return true;
}

bool JsonFields::complete(void* out, JsonShape& shape) {
  for (uint32_t i = 0; i < record_->count; ++i) {
    if (has(i)) continue;
    const pf_field& field = record_->fields[i];
    void* value = static_cast<char*>(out) + field.offset;
    if (field.default_value) {
      if (!field.default_value(value)) continue;
      JsonDown down(shape, view(field.name));
      return shape.failed_default();
    }
    if (field.type->kind == PF_OPT) continue;
    JsonDown down(shape, view(field.wire ? field.wire : field.name));
    return shape.wrong(PF_E_SCHEMA, "expected %s, found nothing", field.type->name);
  }
  return true;
}

bool read_json_text(const pf_str& text, const pf_type* type, void* out, JsonShape& shape) {
  auto* made = static_cast<pf_str*>(out);
  if (type->kind == PF_STR || type->kind == PF_PATH || type->kind == PF_SECRET) {
    *made = pf_str_copy(text.data, text.len);
    return true;
  }
  if (type->kind == PF_UNION) return literal(text, type, made, shape);
  if (type->kind == PF_BYTES) return bytes(text, made, shape);
  if (type->kind != PF_DURATION) return shape.expected(type, "str");
  return read_duration(text, static_cast<int64_t*>(out)) == NumberText::Ok ||
         shape.wrong(PF_E_SCHEMA, "expected a duration such as \"5m\"");
}

int64_t find_variant(const pf_str& tag, const pf_type* sum, JsonShape& shape) {
  for (uint32_t i = 0; i < sum->count; ++i)
    if (is_called(pf_variant_tag(sum->variants[i]), tag)) return i;
  JsonDown down(shape, view(pf_tag_key(sum)));
  Buffer known;
  for (uint32_t i = 0; i < sum->count; ++i)
    known.format("%s\"%s\"", i == 0 ? "" : " | ", pf_variant_tag(sum->variants[i]));
  Buffer found;
  add_shortened(found, tag);
  shape.wrong(PF_E_SCHEMA, "expected %s, found %s", known.c_str(), found.c_str());
  return -1;
}

}  // namespace pflow::rt
