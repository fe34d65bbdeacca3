#include "arguments.h"

#include <stdlib.h>
#include <string.h>

#include "pflow/node.hpp"

namespace pf_process {
namespace {

char g_shell[] = "/bin/sh";
char g_option[] = "-c";
char g_name[] = "sh";

/// Copies `text` with a zero byte behind it to `to`, and moves that on.
bool add(const pf_str& text, char*& argument, char*& to) {
  argument = to;
  if (text.len != 0) {
    if (memchr(text.data, 0, text.len)) return false;
    memcpy(to, text.data, text.len);
  }
  to[text.len] = 0;
  to += text.len + 1;
  return true;
}

}  // namespace

Arguments::~Arguments() {
  free(argv_);
  free(bytes_);
}

bool Arguments::set(const pf_cmd& command) {
  pflow::Elements<pf_str> values(command.args);
  size_t total = command.script.len + 1;
  for (const pf_str& value : values) total += value.len + 1;
  argv_ = static_cast<char**>(calloc(values.size() + 5, sizeof(char*)));
  bytes_ = static_cast<char*>(malloc(total));
  if (!argv_ || !bytes_) pf_out_of_memory();
  char* to = bytes_;
  argv_[0] = g_shell;
  argv_[1] = g_option;
  argv_[3] = g_name;
  if (!add(command.script, argv_[2], to)) return false;
  for (size_t i = 0; i < values.size(); ++i) {
    if (!add(values[i], argv_[4 + i], to)) return false;
  }
  return true;
}

}  // namespace pf_process
