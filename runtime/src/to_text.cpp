#include "runtime/src/to_text.h"

#include <math.h>

#include "runtime/src/buffer.h"
#include "runtime/src/list.h"
#include "runtime/src/number_text.h"
#include "runtime/src/report.h"

namespace pflow::rt {
namespace {

constexpr char kHidden[] = "***";

void add_base64(Buffer& out, pf_str bytes) {
  static constexpr char kDigits[] =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  for (size_t i = 0; i < bytes.len; i += 3) {
    size_t left = bytes.len - i;
    uint32_t group = 0;
    for (size_t k = 0; k < 3; ++k)
      group = group << 8 | (k < left ? static_cast<unsigned char>(bytes.data[i + k]) : 0);
    for (size_t k = 0; k < 4; ++k) out.add(k <= left ? kDigits[group >> (18 - 6 * k) & 63] : '=');
  }
}

void add_escaped(Buffer& out, char c) {
  switch (c) {
    case '"': return out.add("\\\"");
    case '\\': return out.add("\\\\");
    case '\n': return out.add("\\n");
    case '\t': return out.add("\\t");
    case '\r': return out.add("\\r");
    case '\b': return out.add("\\b");
    case '\f': return out.add("\\f");
    default: return out.format("\\u%04x", static_cast<unsigned>(c));
  }
}

void add_json_list(Buffer& out, const pf_list_head* head, const pf_type* element) {
  check_stack();
  out.add('[');
  for (size_t i = 0; head && i < head->len; ++i) {
    if (i != 0) out.add(',');
    add_json(out, list_at(head, i, element), element);
  }
  out.add(']');
}

void add_json_record(Buffer& out, const void* value, const pf_type* type) {
  out.add('{');
  for (uint32_t i = 0; i < type->count; ++i) {
    const pf_field& field = type->fields[i];
    if (i != 0) out.add(',');
    add_json_string(out, view(field.wire ? field.wire : field.name));
    out.add(':');
    add_json(out, static_cast<const char*>(value) + field.offset, field.type);
  }
  out.add('}');
}

}  // namespace

void add_json_string(Buffer& out, pf_str text) {
  out.add('"');
  size_t plain = 0;
  for (size_t i = 0; i < text.len; ++i) {
    char c = text.data[i];
    if (static_cast<unsigned char>(c) >= 0x20 && c != '"' && c != '\\') continue;
    out.add(text.data + plain, i - plain);
    add_escaped(out, c);
    plain = i + 1;
  }
  out.add(text.data + plain, text.len - plain);
  out.add('"');
}

void add_json(Buffer& out, const void* value, const pf_type* type) {
  switch (type->kind) {
    case PF_INT: return out.add_int(*static_cast<const int64_t*>(value));
    case PF_FLOAT: {
      double number = *static_cast<const double*>(value);
      return isfinite(number) ? add_float(out, number) : out.add("null");
    }
    case PF_BOOL: return out.add(*static_cast<const bool*>(value) ? "true" : "false");
    case PF_LIST:
      return add_json_list(out, *static_cast<pf_list_head* const*>(value), type->element);
    case PF_OPT:
      return optional_has(value, type->element) ? add_json(out, value, type->element)
                                                : out.add("null");
    case PF_RECORD: return add_json_record(out, value, type);
    case PF_STR:
    case PF_PATH:
    case PF_UNION: return add_json_string(out, *static_cast<const pf_str*>(value));
    default:
      out.add('"');
      add_text(out, value, type);
      return out.add('"');
  }
}

void add_text(Buffer& out, const void* value, const pf_type* type) {
  switch (type->kind) {
    case PF_STR:
    case PF_PATH:
    case PF_UNION: return out.add(*static_cast<const pf_str*>(value));
    case PF_BYTES: return add_base64(out, *static_cast<const pf_str*>(value));
    case PF_SECRET:
    case PF_CMD: return out.add(kHidden);
    case PF_DURATION: return add_duration(out, *static_cast<const int64_t*>(value));
    case PF_FLOAT: return add_float(out, *static_cast<const double*>(value));
    default: return add_json(out, value, type);
  }
}

}  // namespace pflow::rt

void pf_to_text(pf_str* out, const void* value, const pf_type* type) {
  if (type->kind == PF_STR || type->kind == PF_PATH || type->kind == PF_UNION) {
    *out = *static_cast<const pf_str*>(value);
    return pf_str_retain(*out);
  }
  pflow::rt::Buffer text;
  pflow::rt::add_text(text, value, type);
  *out = text.take();
}
