#include "results.h"

#include <cstring>
#include <string>

#include "pflow/node.hpp"

namespace pf_fragments {
namespace {

/// Enough for `pf_list_push`.
constexpr pf_type kFragment = {
    .kind = PF_RECORD, .size = sizeof(Fragment), .align = alignof(Fragment), .counted = 1};

/// Takes over both texts.
void add(pf_list& parts, pf_str text, pf_str source) {
  Fragment part{text, source};
  parts.head = static_cast<pf_list_head*>(pf_list_push(parts.head, &part, &kFragment));
}

/// The field of this name, when it is a text; else null.
const pf_field* text_field(const pf_type& record, const char* name) {
  for (uint32_t i = 0; i < record.count; ++i)
    if (std::strcmp(record.fields[i].name, name) == 0 && record.fields[i].type->kind == PF_STR)
      return &record.fields[i];
  return nullptr;
}

const pf_str& text_at(const char* record, const pf_field& field) {
  return *reinterpret_cast<const pf_str*>(record + field.offset);
}

/// The elements are records with these fields.
void set_list(fragment_out* out, const pf_type& record, const pf_list& list, const pf_field& text,
              const pf_field& source) {
  std::string joined;
  const char* at = reinterpret_cast<const char*>(list.head + 1);
  for (size_t i = 0; list.head && i < list.head->len; ++i, at += record.size) {
    if (i != 0) joined += '\n';
    joined += pflow::view(text_at(at, text));
    add(out->parts, pflow::share(text_at(at, text)), pflow::share(text_at(at, source)));
  }
  out->text = pflow::text(joined);
}

}  // namespace

void set_alone(fragment_out* out, pf_str text, pf_str source) {
  out->text = text;
  out->source = source;
  add(out->parts, pflow::share(text), pflow::share(source));
}

bool set_loaded(fragment_out* out, const pf_type& type, const void* value, const pf_str& name) {
  if (type.kind == PF_STR) {
    set_alone(out, pflow::share(*static_cast<const pf_str*>(value)), pflow::share(name));
    return true;
  }
  if (type.kind != PF_LIST || type.element->kind != PF_RECORD) return false;
  const pf_field* text = text_field(*type.element, "text");
  const pf_field* source = text_field(*type.element, "source");
  if (!text || !source) return false;
  set_list(out, *type.element, *static_cast<const pf_list*>(value), *text, *source);
  out->source = pflow::share(name);
  return true;
}

}  // namespace pf_fragments
