#include "runtime/src/watching/shown_value.h"

#include <string.h>

#include <algorithm>

#include "runtime/src/json/json_text.h"
#include "runtime/src/program/used_keys.h"
#include "runtime/src/values/buffer.h"
#include "runtime/src/values/list.h"
#include "runtime/src/values/map.h"
#include "runtime/src/values/utf8.h"

namespace pflow::rt {
namespace {

using tables::Form;

constexpr int kDeepest = 16;

/// Where a key begins in the text; its length otherwise.
size_t find_key(pf_str text, size_t* len) {
  size_t found = text.len;
  for (const pf_str& key : used_keys()) {
    if (key.len > text.len || (is_short_key(key) && key.len != text.len)) continue;
    const void* at = memmem(text.data, text.len, key.data, key.len);
    if (!at) continue;
    auto offset = static_cast<size_t>(static_cast<const char*>(at) - text.data);
    if (offset < found || (offset == found && key.len > *len)) *len = key.len;
    found = std::min(found, offset);
  }
  return found;
}

void add_masked(Buffer& out, pf_str text) {
  while (text.len != 0) {
    size_t len = 0;
    size_t at = find_key(text, &len);
    out.add(text.data, at);
    if (at == text.len) return;
    out.add("***");
    text = {text.data + at + len, text.len - at - len, nullptr};
  }
}

class ShownPrinter {
 public:
  ShownPrinter(Buffer& out, size_t most) : out_(out), end_(out.size() + most) {}
  void fields(const pf_field* fields, uint32_t count, const void* block, bool first);
  void value(const void* value, const pf_type* type);

 private:
  [[nodiscard]] size_t left() const { return end_ > out_.size() ? end_ - out_.size() : 0; }
  void text(pf_str text) { add_shown_text(out_, text, std::max<size_t>(left(), 16)); }
  void list(const pf_list_head* head, const pf_type* element);
  void map(const pf_list_head* head, const pf_type* map);
  void sum(const pf_sum& sum, const pf_type* type);
  void json(const pf_json& json);
  void bound(pf_str script, const pf_list& args, const void* value, const pf_type* type);
  bool cut(bool first, size_t missing, bool named);
  void nested(const void* value, const pf_type* type);

  Buffer& out_;
  size_t end_;  ///< of what is shown
  int depth_ = 0;
};

/// In place of the items that there is no room for. True: nothing more is shown.
bool ShownPrinter::cut(bool first, size_t missing, bool named) {
  if (!first) out_.add(',');
  if (left() > 0 && depth_ < kDeepest) return false;
  out_.format(named ? "\"…\":\"%zu more\"" : "\"… %zu more\"", missing);
  return true;
}

void ShownPrinter::list(const pf_list_head* head, const pf_type* element) {
  out_.add('[');
  size_t len = list_len(head);
  for (size_t i = 0; i < len; ++i) {
    if (cut(i == 0, len - i, false)) break;
    nested(list_at(head, i, element), element);
  }
  out_.add(']');
}

void ShownPrinter::map(const pf_list_head* head, const pf_type* map) {
  out_.add('{');
  size_t len = list_len(head);
  for (size_t i = 0; i < len; ++i) {
    if (cut(i == 0, len - i, true)) break;
    const void* entry = list_at(head, i, map->element);
    text(*map_key(entry));
    out_.add(':');
    nested(map_value(entry, map), map_value_type(map));
  }
  out_.add('}');
}

void ShownPrinter::fields(const pf_field* fields, uint32_t count, const void* block, bool first) {
  for (uint32_t i = 0; i < count; ++i) {
    if (cut(first && i == 0, count - i, true)) return;
    add_json_string(out_, view(fields[i].name));
    out_.add(':');
    nested(static_cast<const char*>(block) + fields[i].offset, fields[i].type);
  }
}

void ShownPrinter::sum(const pf_sum& sum, const pf_type* type) {
  const pf_type* variant = variant_type(sum, type);
  out_.add('{');
  add_json_string(out_, view(pf_tag_key(type)));
  out_.add(':');
  add_json_string(out_, view(pf_variant_tag(variant)));
  fields(variant->fields, variant->count, list_data(sum.box.head), false);
  out_.add('}');
}

void ShownPrinter::json(const pf_json& json) {
  if (json.kind == PF_JSON_STR) return text(json.text);
  if (json.kind == PF_JSON_ARRAY) return list(json.list.head, &kJsonType);
  if (json.kind == PF_JSON_OBJECT) return map(json.list.head, &kJsonObjectType);
  add_json(out_, &json, &kJsonType);
}

/// A command or query: how it is written, and what it binds.
bool holds_key(pf_str text) {
  size_t len = 0;
  return find_key(text, &len) != text.len;
}

/// Whether one of the values that a command or a query binds holds a key.
bool binds_key(const pf_list& args, const pf_type* type) {
  for (size_t i = 0; i < list_len(args.head); ++i) {
    const void* value = list_at(args.head, i, bound_type(type));
    if (type->kind == PF_CMD && holds_key(*static_cast<const pf_str*>(value))) return true;
    const auto* json = static_cast<const pf_json*>(value);
    if (type->kind != PF_CMD && json->kind == PF_JSON_STR && holds_key(json->text)) return true;
  }
  return false;
}

/// As it was written, with the values. One with a key has them apart: quoted, a key would not be
/// found.
void ShownPrinter::bound(pf_str script, const pf_list& args, const void* value,
                         const pf_type* type) {
  if (!binds_key(args, type)) {
    pf_str written{};
    pf_template_text(&written, value, type);
    text(written);
    return pf_str_release(written);
  }
  out_.add('[');
  text(script);
  out_.add(',');
  list(args.head, bound_type(type));
  out_.add(']');
}

void ShownPrinter::nested(const void* value, const pf_type* type) {
  ++depth_;
  this->value(value, type);
  --depth_;
}

void ShownPrinter::value(const void* value, const pf_type* type) {
  if (type->kind == PF_SECRET) return out_.add("\"***\"");
  if (type->kind == PF_BYTES)
    return out_.format("\"%zu bytes\"", static_cast<const pf_str*>(value)->len);
  switch (tables::facts_of(type->kind).form) {
    case Form::Text: return text(*static_cast<const pf_str*>(value));
    case Form::List: return list(list_of(value), type->element);
    case Form::Map: return map(list_of(value), type);
    case Form::Opt:
      if (!optional_has(value, type)) return out_.add("null");
      return this->value(optional_value(value, type), type->element);
    case Form::Record:
      out_.add('{');
      fields(type->fields, type->count, value, true);
      return out_.add('}');
    case Form::Sum: return sum(*static_cast<const pf_sum*>(value), type);
    case Form::Json: return json(*static_cast<const pf_json*>(value));
    case Form::Command: {
      const auto* command = static_cast<const pf_cmd*>(value);
      return bound(command->script, command->args, value, type);
    }
    case Form::Query: {
      const auto* query = static_cast<const pf_sql*>(value);
      return bound(query->text, query->args, value, type);
    }
    case Form::Stream: return out_.add("\"a stream\"");
    case Form::Tool: {
      const auto* tool = *static_cast<const pf_tool* const*>(value);
      return tool ? add_json_string(out_, view(tool->name)) : out_.add("null");
    }
    case Form::Int:
    case Form::Float:
    case Form::Bool: return add_json(out_, value, type);
  }
}

}  // namespace

void add_shown_text(Buffer& out, pf_str text, size_t most) {
  // Keys are looked for in a little more than what is shown: one may stand at the cut.
  constexpr size_t kLongestKey = 4096;
  pf_str near = {text.data, std::min(text.len, most + kLongestKey), nullptr};
  while (near.len < text.len && is_continuation(text.data[near.len])) --near.len;
  Buffer masked;
  add_masked(masked, near);
  size_t shown = masked.size();
  if (shown > most) {
    for (shown = most; shown > 0 && is_continuation(masked.data()[shown]); --shown) {
    }
    masked.grew(shown - masked.size());
    masked.add("…");
  }
  add_json_string(out, masked.text());
}

void add_shown_ports(Buffer& out, const pf_field* ports, uint32_t count, const void* block,
                     size_t most) {
  out.add('{');
  ShownPrinter printer(out, most);
  bool first = true;
  for (uint32_t i = 0; i < count; ++i) {
    const void* value = static_cast<const char*>(block) + ports[i].offset;
    if (ports[i].type->kind == PF_OPT && !optional_has(value, ports[i].type)) continue;
    printer.fields(&ports[i], 1, block, first);
    first = false;
  }
  out.add('}');
}

}  // namespace pflow::rt
