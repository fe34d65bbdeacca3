// Shell commands: the literal pieces are the script, each hole a quoted
// positional parameter, so that no value is ever read as shell text.
#include <string.h>

#include "runtime/src/failures/failure.h"
#include "runtime/src/values/buffer.h"
#include "runtime/src/values/list.h"
#include "runtime/src/values/to_text.h"

using namespace pflow::rt;

namespace {

struct CommandBuilder {
  Buffer script;
  pf_list_head* args = nullptr;
  const pf_site* site;

  /// Takes `text`; true when it may not stand there.
  bool add_word(pf_str text, const pf_piece& piece, const pf_type* type);
  bool add_hole(const void* value, const pf_piece& piece);
};

bool is_number(const pf_type* type) {
  return type->kind == PF_INT || type->kind == PF_FLOAT || type->kind == PF_DURATION;
}

/// A secret's bytes stay out of error texts.
const char* shown(Buffer& buffer, pf_str text, const pf_type* type) {
  if (type->kind == PF_SECRET) return "***";
  buffer.add(text.data, text.len < 60 ? text.len : 60);
  return buffer.c_str();
}

bool CommandBuilder::add_word(pf_str text, const pf_piece& piece, const pf_type* type) {
  Buffer buffer;
  args = static_cast<pf_list_head*>(pf_list_push(args, &text, &kTextType));
  if (text.len != 0 && memchr(text.data, '\0', text.len)) {
    raise(PF_E_VALUE, site, "a value of the command holds a NUL byte");
    return true;
  }
  if (piece.begins_word && !piece.after_dashes && !is_number(type) && text.len != 0 &&
      text.data[0] == '-') {
    raise(PF_E_VALUE, site, "`%s` would be read as an option of the command",
          shown(buffer, text, type));
    raise_help("write ` -- ` before the first value that may start with `-`");
    return true;
  }
  script.format("\"${%zu}\"", args->len);
  return false;
}

bool CommandBuilder::add_hole(const void* value, const pf_piece& piece) {
  const pf_type* type = piece.hole;
  if (type->kind == PF_LIST) {
    const auto* list = *static_cast<pf_list_head* const*>(value);
    for (size_t i = 0; list && i < list->len; ++i) {
      if (i != 0) script.add(' ');
      pf_str text = *static_cast<const pf_str*>(list_at(list, i, type->element));
      pf_str_retain(text);
      if (add_word(text, piece, type->element)) return true;
    }
    return false;
  }
  pf_str text;
  if (type->kind == PF_SECRET) {
    text = *static_cast<const pf_str*>(value);
    pf_str_retain(text);
  } else {
    pf_to_text(&text, value, type);
  }
  return add_word(text, piece, type);
}

}  // namespace

bool pf_cmd_make(void* out, const void* pieces, const void* values, int64_t count,
                 const pf_site* site) {
  const auto* piece = static_cast<const pf_piece*>(pieces);
  const auto* hole = static_cast<const void* const*>(values);
  CommandBuilder builder{.site = site};
  for (int64_t i = 0; i <= count; ++i) {
    builder.script.add(piece[i].text);
    if (i < count && builder.add_hole(hole[i], piece[i])) {
      list_release(builder.args, &kTextType);
      return true;
    }
  }
  auto* command = static_cast<pf_cmd*>(out);
  command->script = builder.script.take();
  command->args.head = builder.args;
  return false;
}
