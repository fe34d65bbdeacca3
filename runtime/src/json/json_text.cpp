#include "runtime/src/json/json_text.h"

#include <math.h>

#include "runtime/src/failures/stack_limit.h"
#include "runtime/src/json/plain_text.h"
#include "runtime/src/values/buffer.h"
#include "runtime/src/values/list.h"
#include "runtime/src/values/map.h"
#include "runtime/src/values/number_text.h"
#include "runtime/src/values/quoted_text.h"

namespace pflow::rt {

using tables::Form;
namespace {

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

/// JSON has no numbers that are not finite.
void add_number(Buffer& out, double number) {
  isfinite(number) ? add_float(out, number) : out.add("null");
}

class JsonPrinter {
 public:
  JsonPrinter(Buffer& out, int indent) : out_(out), indent_(indent) {}
  void value(const void* value, const pf_type* type);

 private:
  void list(const pf_list_head* head, const pf_type* element);
  void map(const pf_list_head* head, const pf_type* map);
  void record(const void* value, const pf_type* type);
  void sum(const pf_sum& sum, const pf_type* type);
  void json(const pf_json& json);
  void fields(const void* value, const pf_type* type, bool first);
  void quoted(const void* value, const pf_type* type);

  void open(char bracket);
  void close(char bracket, bool empty);
  void separate(bool first);
  void key(pf_str name);

  Buffer& out_;
  int indent_;  ///< 0: on one line
  int depth_ = 0;
};

void JsonPrinter::open(char bracket) {
  check_stack();
  out_.add(bracket);
  ++depth_;
}

void JsonPrinter::close(char bracket, bool empty) {
  --depth_;
  if (!empty && indent_ != 0) {
    out_.add('\n');
    out_.fill(' ', static_cast<size_t>(depth_) * indent_);
  }
  out_.add(bracket);
}

void JsonPrinter::separate(bool first) {
  if (!first) out_.add(',');
  if (indent_ == 0) return;
  out_.add('\n');
  out_.fill(' ', static_cast<size_t>(depth_) * indent_);
}

void JsonPrinter::key(pf_str name) {
  add_json_string(out_, name);
  out_.add(':');
  if (indent_ != 0) out_.add(' ');
}

void JsonPrinter::list(const pf_list_head* head, const pf_type* element) {
  open('[');
  size_t len = list_len(head);
  for (size_t i = 0; i < len; ++i) {
    separate(i == 0);
    value(list_at(head, i, element), element);
  }
  close(']', len == 0);
}

void JsonPrinter::map(const pf_list_head* head, const pf_type* map) {
  open('{');
  size_t len = list_len(head);
  for (size_t i = 0; i < len; ++i) {
    const void* entry = list_at(head, i, map->element);
    separate(i == 0);
    key(*map_key(entry));
    value(map_value(entry, map), map_value_type(map));
  }
  close('}', len == 0);
}

void JsonPrinter::fields(const void* value, const pf_type* type, bool first) {
  for (uint32_t i = 0; i < type->count; ++i) {
    const pf_field& field = type->fields[i];
    separate(first && i == 0);
    key(view(field.wire ? field.wire : field.name));
    this->value(static_cast<const char*>(value) + field.offset, field.type);
  }
}

void JsonPrinter::record(const void* value, const pf_type* type) {
  open('{');
  fields(value, type, true);
  close('}', type->count == 0);
}

void JsonPrinter::sum(const pf_sum& sum, const pf_type* type) {
  const pf_type* variant = variant_type(sum, type);
  open('{');
  separate(true);
  key(view(pf_tag_key(type)));
  add_json_string(out_, view(pf_variant_tag(variant)));
  fields(list_data(sum.box.head), variant, false);
  close('}', false);
}

void JsonPrinter::json(const pf_json& json) {
  switch (static_cast<pf_json_kind>(json.kind)) {
    case PF_JSON_BOOL: return out_.add(json.boolean ? "true" : "false");
    case PF_JSON_INT: return out_.add_int(json.integer);
    case PF_JSON_FLOAT: return add_number(out_, json.number);
    case PF_JSON_STR: return add_json_string(out_, json.text);
    case PF_JSON_ARRAY: return list(json.list.head, &kJsonType);
    case PF_JSON_OBJECT: return map(json.list.head, &kJsonObjectType);
    case PF_JSON_NULL: return out_.add("null");
  }
}

void JsonPrinter::quoted(const void* value, const pf_type* type) {
  out_.add('"');
  add_quoted_text(out_, value, type);
  out_.add('"');
}

void JsonPrinter::value(const void* value, const pf_type* type) {
  if (tables::has_trait(type->kind, tables::Plain))
    return add_json_string(out_, *static_cast<const pf_str*>(value));
  if (tables::has_trait(type->kind, tables::Quoted)) return quoted(value, type);
  switch (tables::facts_of(type->kind).form) {
    case Form::Int: return out_.add_int(*static_cast<const int64_t*>(value));
    case Form::Float: return add_number(out_, *static_cast<const double*>(value));
    case Form::Bool: return out_.add(*static_cast<const bool*>(value) ? "true" : "false");
    case Form::List: return list(list_of(value), type->element);
    case Form::Map: return map(list_of(value), type);
    case Form::Opt:
      if (!optional_has(value, type)) return out_.add("null");
      return this->value(optional_value(value, type), type->element);
    case Form::Record: return record(value, type);
    case Form::Sum: return sum(*static_cast<const pf_sum*>(value), type);
    case Form::Tool: return out_.add("null");
    case Form::Json: return json(*static_cast<const pf_json*>(value));
    case Form::Text:
    case Form::Command:
    case Form::Query:
    case Form::Stream: return quoted(value, type);
  }
}

}  // namespace

void add_json_string(Buffer& out, pf_str text) {
  const char* const end = text.data + text.len;
  out.reserve(text.len + 2);
  out.add('"');
  for (const char* at = text.data;;) {
    const char* special = plain_end(at, end);
    out.add(at, static_cast<size_t>(special - at));
    if (special == end) break;
    add_escaped(out, *special);
    at = special + 1;
  }
  out.add('"');
}

void add_json(Buffer& out, const void* value, const pf_type* type) {
  JsonPrinter(out, 0).value(value, type);
}

void add_pretty_json(Buffer& out, const void* value, const pf_type* type, int indent) {
  JsonPrinter(out, indent).value(value, type);
}

}  // namespace pflow::rt

pf_str pf_json_text(const void* value, const pf_type* type, int indent) {
  pflow::rt::Buffer text;
  pflow::rt::add_pretty_json(text, value, type, indent);
  return text.take();
}
