// Shell commands: the literal pieces are the script, each hole a quoted variable that
// begins as a positional parameter, so that no value is ever read as shell text, and that
// no `set`, `shift` or function of the script's own replaces one. A list that the script
// leaves alone stays the positional parameters: it may be of any length.
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
  size_t variables = 0;  ///< of the arguments; the others stay parameters
  const pf_site* site;

  /// Takes `text`; true when it may not stand there.
  bool add_word(pf_str text, const pf_piece& piece, const pf_type* type);
  bool add_list(const void* value, const pf_piece& piece);
  bool add_hole(const void* value, const pf_piece& piece);
  void add_variable();
  void add_start(Buffer& out) const;
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
  return false;
}

void CommandBuilder::add_variable() { script.format("\"${_pflow_%zu}\"", ++variables); }

bool CommandBuilder::add_list(const void* value, const pf_piece& piece) {
  const auto* list = *static_cast<pf_list_head* const*>(value);
  const pf_type* item = piece.hole->element;
  for (size_t i = 0; list && i < list->len; ++i) {
    pf_str text = *static_cast<const pf_str*>(list_at(list, i, item));
    pf_str_retain(text);
    if (add_word(text, piece, item)) return true;
    if (piece.is_parameters) continue;
    if (i != 0) script.add(' ');
    add_variable();
  }
  return false;
}

bool CommandBuilder::add_hole(const void* value, const pf_piece& piece) {
  const pf_type* type = piece.hole;
  if (type->kind == PF_LIST && piece.is_parameters) {
    script.add("\"$@\"");
    return false;
  }
  if (type->kind == PF_LIST) return add_list(value, piece);
  pf_str text;
  if (type->kind == PF_SECRET) {
    text = *static_cast<const pf_str*>(value);
    pf_str_retain(text);
  } else {
    pf_to_text(&text, value, type);
  }
  add_variable();
  return add_word(text, piece, type);
}

/// `_pflow_1=$1 … shift 1; `: what stands before the script.
void CommandBuilder::add_start(Buffer& out) const {
  if (variables == 0) return;
  for (size_t i = 1; i <= variables; ++i) out.format("_pflow_%zu=${%zu} ", i, i);
  bool all = variables == args->len;
  out.end()[-1] = ';';
  if (all)
    out.add("set --;");
  else
    out.format("shift %zu;", variables);
}

}  // namespace

bool pf_cmd_make(void* out, const void* pieces, const void* values, int64_t count,
                 const pf_site* site) {
  const auto* piece = static_cast<const pf_piece*>(pieces);
  const auto* hole = static_cast<const void* const*>(values);
  CommandBuilder builder{.site = site};
  bool failed = false;
  for (int64_t i = 0; i <= count && !failed; ++i) {
    builder.script.add(piece[i].text);
    failed = i < count && builder.add_hole(hole[i], piece[i]);
  }
  // Behind the variables' values.
  for (int64_t i = 0; i < count && !failed; ++i)
    failed = piece[i].is_parameters && builder.add_list(hole[i], piece[i]);
  if (failed) {
    list_release(builder.args, &kTextType);
    return true;
  }
  Buffer script;
  builder.add_start(script);
  script.add(builder.script.text());
  auto* command = static_cast<pf_cmd*>(out);
  command->script = script.take();
  command->args.head = builder.args;
  return false;
}
