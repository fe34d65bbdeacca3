// Queries: the literal pieces with `?` between them, the values bound.
#include "runtime/src/values/buffer.h"
#include "runtime/src/values/list.h"

using namespace pflow::rt;

namespace {

/// A value as a parameter: null, a number, a bool or a text, which composed ones become.
pf_json parameter(const void* value, const pf_type* type) {
  pf_json parameter{};
  if (type->kind == PF_SECRET) {
    parameter.kind = PF_JSON_STR;
    parameter.text = *static_cast<const pf_str*>(value);
    pf_str_retain(parameter.text);
    return parameter;
  }
  pf_json_from(&parameter, value, type);
  if (parameter.kind < PF_JSON_ARRAY) return parameter;
  pf_json text{};
  text.kind = PF_JSON_STR;
  text.text = pf_json_text(&parameter, &kJsonType, 0);
  pf_drop_value(&parameter, &kJsonType);
  return text;
}

bool begins_with_digit(const pf_str& text) {
  return text.len != 0 && text.data[0] >= '0' && text.data[0] <= '9';
}

}  // namespace

void pf_sql_make(void* out, const void* pieces, const void* values, int64_t count) {
  const auto* piece = static_cast<const pf_piece*>(pieces);
  const auto* hole = static_cast<const void* const*>(values);
  Buffer text;
  pf_list args{};
  for (int64_t i = 0; i <= count; ++i) {
    text.add(piece[i].text);
    if (i == count) break;
    text.add('?');
    // `?2` would be another parameter.
    if (begins_with_digit(piece[i + 1].text)) text.add(' ');
    pf_json arg = parameter(hole[i], piece[i].hole);
    args.head = static_cast<pf_list_head*>(pf_list_push(args.head, &arg, &kJsonType));
  }
  auto* query = static_cast<pf_sql*>(out);
  query->text = text.take();
  query->args = args;
}
