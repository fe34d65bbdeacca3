// Queries: the literal pieces with `?` between them, the values bound.
#include "runtime/src/buffer.h"
#include "runtime/src/list.h"

using namespace pflow::rt;

void pf_sql_make(void* out, const void* pieces, const void* values, int64_t count) {
  const auto* piece = static_cast<const pf_piece*>(pieces);
  const auto* hole = static_cast<const void* const*>(values);
  Buffer text;
  pf_list args{};
  for (int64_t i = 0; i <= count; ++i) {
    text.add(piece[i].text);
    if (i == count) break;
    text.add('?');
    auto* arg = static_cast<pf_json*>(list_add_zeroed(args, &kJsonType));
    if (piece[i].hole->kind == PF_SECRET) {
      arg->kind = PF_JSON_STR;
      arg->text = *static_cast<const pf_str*>(hole[i]);
      pf_str_retain(arg->text);
    } else {
      pf_json_from(arg, hole[i], piece[i].hole);
    }
  }
  auto* query = static_cast<pf_sql*>(out);
  query->text = text.take();
  query->args = args;
}
