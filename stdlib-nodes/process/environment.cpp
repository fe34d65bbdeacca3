// The environment of a command: what is ours, then what the call sets.
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "arguments.h"
#include "pflow/node.hpp"

namespace pf_process {
namespace {

struct Variable {
  pf_str name;
  pf_str value;
};

bool is_name(const pf_str& name) {
  return name.len != 0 && !memchr(name.data, '=', name.len) && !memchr(name.data, 0, name.len);
}

/// The value, a secret, is not shown.
bool check(pf_call* call, const Variable& variable) {
  int len = static_cast<int>(variable.name.len < 80 ? variable.name.len : 80);
  if (!is_name(variable.name)) {
    pf_fail(call, PF_E_VALUE, "`%.*s` cannot be the name of an environment variable", len,
            len == 0 ? "" : variable.name.data);
    return false;
  }
  if (variable.value.len == 0 || !memchr(variable.value.data, 0, variable.value.len)) return true;
  pf_fail(call, PF_E_VALUE, "the value of `%.*s` for the command holds a zero byte", len,
          variable.name.data);
  return false;
}

bool sets(pflow::Elements<Variable> variables, const char* entry) {
  for (const Variable& variable : variables) {
    const pf_str& name = variable.name;
    if (strncmp(entry, name.data, name.len) == 0 && entry[name.len] == '=') return true;
  }
  return false;
}

char* copy(char* to, const pf_str& text) {
  if (text.len != 0) memcpy(to, text.data, text.len);
  return to + text.len;
}

size_t own_count() {
  size_t count = 0;
  while (environ && environ[count]) ++count;
  return count;
}

}  // namespace

Environment::~Environment() {
  free(envp_);
  free(bytes_);
}

bool Environment::set(pf_call* call, const pf_list& variables) {
  pflow::Elements<Variable> added(variables);
  if (added.size() == 0) return true;
  size_t total = 0;
  for (const Variable& variable : added) {
    if (!check(call, variable)) return false;
    total += variable.name.len + variable.value.len + 2;
  }
  size_t own = own_count();
  envp_ = static_cast<char**>(calloc(own + added.size() + 1, sizeof(char*)));
  bytes_ = static_cast<char*>(malloc(total));
  if (!envp_ || !bytes_) pf_out_of_memory();
  char** next = envp_;
  for (size_t i = 0; i < own; ++i) {
    if (!sets(added, environ[i])) *next++ = environ[i];
  }
  char* to = bytes_;
  for (const Variable& variable : added) {
    *next++ = to;
    to = copy(to, variable.name);
    *to++ = '=';
    to = copy(to, variable.value);
    *to++ = 0;
  }
  return true;
}

}  // namespace pf_process
