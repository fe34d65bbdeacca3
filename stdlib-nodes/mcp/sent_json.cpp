#include "sent_json.h"

#include "members.h"

namespace pf_mcp {
namespace {

const void* at(const void* value, size_t offset) {
  return static_cast<const char*>(value) + offset;
}

void add_name(std::string& out, std::string_view name) {
  if (out.back() != '{') out += ',';
  out += quoted(name) + ':';
}

void add_fields(std::string& out, const void* record, const pf_type& type) {
  for (uint32_t i = 0; i < type.count; ++i) {
    const pf_field& field = type.fields[i];
    const void* value = at(record, field.offset);
    if (field.default_value != nullptr && is_none(value, *field.type)) continue;
    add_name(out, field.wire != nullptr ? field.wire : field.name);
    add_sent(out, value, *field.type);
  }
}

void add_list(std::string& out, const pf_list_head* head, const pf_type& element) {
  out += '[';
  for (size_t i = 0; head != nullptr && i < head->len; ++i) {
    if (i != 0) out += ',';
    add_sent(out, at(head + 1, i * element.size), element);
  }
  out += ']';
}

void add_map(std::string& out, const pf_list_head* head, const pf_type& entry) {
  out += '{';
  for (size_t i = 0; head != nullptr && i < head->len; ++i) {
    const void* each = at(head + 1, i * entry.size);
    add_name(out, pflow::view(*static_cast<const pf_str*>(each)));
    add_sent(out, at(each, entry.fields[1].offset), *entry.fields[1].type);
  }
  out += '}';
}

void add_sum(std::string& out, const pf_sum& sum, const pf_type& type) {
  const pf_type& variant = *type.variants[sum.variant];
  out += '{';
  add_name(out, pf_tag_key(&type));
  out += quoted(pf_variant_tag(&variant));
  add_fields(out, sum.box.head + 1, variant);
  out += '}';
}

}  // namespace

const void* held(const void* value, const pf_type& type) {
  const bool is_boxed = type.count == 1;
  if (is_boxed) {
    const pf_list_head* box = static_cast<const pf_list*>(value)->head;
    return box != nullptr && box->len != 0 ? box + 1 : nullptr;
  }
  return *static_cast<const bool*>(at(value, type.element->size)) ? value : nullptr;
}

bool is_none(const void* value, const pf_type& type) {
  return type.kind == PF_OPT && held(value, type) == nullptr;
}

void add_sent(std::string& out, const void* value, const pf_type& type) {
  if (type.kind == PF_RECORD) {
    out += '{';
    add_fields(out, value, type);
    out += '}';
  } else if (type.kind == PF_LIST) {
    add_list(out, static_cast<const pf_list*>(value)->head, *type.element);
  } else if (type.kind == PF_MAP) {
    add_map(out, static_cast<const pf_list*>(value)->head, *type.element);
  } else if (type.kind == PF_SUM) {
    add_sum(out, *static_cast<const pf_sum*>(value), type);
  } else if (type.kind == PF_OPT && held(value, type) != nullptr) {
    add_sent(out, held(value, type), *type.element);
  } else {
    const pflow::Text text(pf_json_text(value, &type, 0));
    out += text.view();
  }
}

}  // namespace pf_mcp
