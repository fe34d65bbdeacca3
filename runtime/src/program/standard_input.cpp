// The parameter marked `in`, from standard input.
#include <errno.h>
#include <unistd.h>

#include "runtime/src/failures/failure.h"
#include "runtime/src/program/command_line.h"
#include "runtime/src/program/option_value.h"
#include "runtime/src/program/standard_lines.h"
#include "runtime/src/values/buffer.h"
#include "runtime/src/values/utf8.h"

namespace pflow::rt {
namespace {

bool read_all(Buffer& out) {
  size_t chunk = 64 * 1024;
  for (;;) {
    out.reserve(chunk);
    int64_t got = pf_read(STDIN_FILENO, out.end(), chunk);
    if (got <= 0) return got == 0;
    out.grew(static_cast<size_t>(got));
  }
}

bool is_any_text(const pf_type* type) {
  uint32_t kind = plain_type(type)->kind;
  return kind == PF_STR || kind == PF_BYTES;
}

/// Text stays as it is; for other types the last newline is not part of the value.
bool put_value(pf_str text, const pf_param& param, void* out) {
  if (!is_any_text(param.type) && text.len > 0 && text.data[text.len - 1] == '\n') --text.len;
  Buffer problem, help;
  if (read_value(text, param.type, out, problem, help) == ReadValue::Ok) return true;
  raise(PF_E_USAGE, nullptr, "standard input for `%s` %s", param.name, problem.c_str());
  return false;
}

}  // namespace

bool fill_from_stdin(const pf_program& program, Params& params) {
  uint32_t index = 0;
  while (index < program.param_count && !program.params[index].from_stdin) ++index;
  if (index == program.param_count || params.is_set(index)) return true;
  const pf_param& param = program.params[index];
  if (!stdin_is_fed(param.type)) return true;
  if (param.type->kind == PF_STREAM && param.type->element->kind == PF_STR) {
    *static_cast<pf_stream**>(params.at(index)) = standard_lines(param.type->element);
    params.mark_set(index);
    return true;
  }
  Buffer bytes;
  if (!read_all(bytes)) {
    raise(PF_E_IO, nullptr, "cannot read standard input: %s", strerror(errno));
    return false;
  }
  pf_str text = bytes.take();
  pf_text_problem no_text;
  if (plain_type(param.type)->kind != PF_BYTES && !pf_take_text(&text, &no_text)) {
    pf_str_release(text);
    raise(PF_E_PARSE, nullptr, "standard input %s", no_text.message);
    if (no_text.help) raise_help("%s", no_text.help);
    return false;
  }
  params.mark_set(index);
  bool ok = put_value(text, param, params.at(index));
  pf_str_release(text);
  return ok;
}

}  // namespace pflow::rt
