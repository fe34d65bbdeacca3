// The page of --help: doc comments, parameters with types and defaults, built-in options.
#include <algorithm>

#include "pflow/serve.h"
#include "runtime/src/program/builtin_options.h"
#include "runtime/src/program/command_line.h"
#include "runtime/src/program/option_value.h"
#include "runtime/src/program/watches.h"
#include "runtime/src/values/buffer.h"
#include "runtime/src/values/utf8.h"

namespace pflow::rt {
namespace {

constexpr size_t kMaxLeft = 30;

size_t columns(pf_str text) { return static_cast<size_t>(count_code_points(text.data, text.len)); }

/// `  --since <str>`, `  --verbose, --no-verbose`, `  --tag <str>...`
void add_left(Buffer& out, const pf_param& param) {
  const pf_type* type = plain_type(param.type);
  out.add("  ");
  add_option_name(out, "--", param.name);
  if (type->kind == PF_BOOL) return add_option_name(out, ", --no-", param.name);
  const pf_type* repeated = repeated_type(type);
  out.format(" <%s>%s", repeated ? repeated->element->name : type->name, repeated ? "..." : "");
}

/// One that a parameter hides has its longer name.
struct ShownOption {
  const BuiltinOption& option;
  bool hidden;
};

bool is_there(const BuiltinOption& option, const pf_program& program) {
  if (option.id == Builtin::Mcp || option.id == Builtin::Serve) return program.server != nullptr;
  if (option.id == Builtin::Restate) return program.server && program.server->run_restate;
  return option.id != Builtin::Watch || has_watch(program, option.name);
}

ShownOption seen_beside(const BuiltinOption& option, const pf_program& program) {
  return {option, is_parameter(program, view(option.name))};
}

void add_left(Buffer& out, const ShownOption& shown) {
  const BuiltinOption& option = shown.option;
  out.format("  --%s%s", shown.hidden ? kOwnPrefix.data() : "", option.name);
  if (option.value) out.format(" <%s>", option.value);
}

/// The text, its further lines indented to `column`.
void add_indented(Buffer& out, const char* text, size_t column) {
  for (size_t end = strlen(text); *text && end > 0; ++text) {
    out.add(*text);
    if (*text == '\n' && text[1] != '\0') out.fill(' ', column);
  }
}

void add_row(Buffer& out, Buffer& left, Buffer& right, size_t column) {
  size_t used = columns(left.text());
  out.add(left.text());
  if (right.size() != 0) {
    if (used + 2 > column) {
      out.add('\n');
      used = 0;
    }
    out.fill(' ', column - used);
    out.add(right.text());
  }
  out.add('\n');
}

void add_right(Buffer& out, const pf_param& param, size_t column) {
  if (param.doc) add_indented(out, param.doc, column);
  while (out.size() > 0 && out.end()[-1] == '\n') out.grew(size_t(-1));
  const char* gap = out.size() != 0 ? " " : "";
  if (param.from_stdin)
    out.format("%s(or standard input)", gap);
  else if (!param.default_value)
    out.format("%s(required)", gap);
  if (param.default_text && strcmp(param.default_text, "none") != 0)
    out.format("%s(default: %s)", out.size() != 0 ? " " : "", param.default_text);
}

void add_usage(Buffer& out, const pf_program& program, const char* executable) {
  out.format("Usage: %s [options]", executable);
  for (uint32_t i = 0; i < program.param_count; ++i) {
    const pf_param& param = program.params[i];
    if (param.default_value) continue;
    out.add(param.from_stdin ? " [<" : " <");
    add_option_name(out, "", param.name);
    out.add(param.from_stdin ? ">]" : ">");
    if (repeated_type(param.type)) out.add("...");
  }
  out.add('\n');
}

template <typename Row>
void widen(size_t& column, const Row& row) {
  Buffer left;
  add_left(left, row);
  size_t used = columns(left.text());
  if (used <= kMaxLeft) column = std::max(column, used + 2);
}

}  // namespace

void add_help(Buffer& out, const pf_program& program, const char* executable) {
  if (program.doc && *program.doc) {
    add_indented(out, program.doc, 0);
    if (out.end()[-1] != '\n') out.add('\n');
    out.add('\n');
  }
  add_usage(out, program, executable);
  size_t column = 0;
  for (uint32_t i = 0; i < program.param_count; ++i) widen(column, program.params[i]);
  for (const BuiltinOption& option : kBuiltinOptions)
    if (is_there(option, program)) widen(column, seen_beside(option, program));

  if (program.param_count != 0) out.add("\nParameters:\n");
  for (uint32_t i = 0; i < program.param_count; ++i) {
    Buffer left, right;
    add_left(left, program.params[i]);
    add_right(right, program.params[i], column);
    add_row(out, left, right, column);
  }
  out.add("\nOptions of every flow:\n");
  for (const BuiltinOption& option : kBuiltinOptions) {
    if (!is_there(option, program)) continue;
    Buffer left, right;
    add_left(left, seen_beside(option, program));
    right.add(option.doc);
    add_row(out, left, right, column);
  }
}

}  // namespace pflow::rt
