#include "arguments.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "pflow/node.hpp"

namespace pf_process {
namespace {

char g_shell[] = "/bin/sh";
char g_option[] = "-c";
char g_name[] = "sh";
char g_read_script[] = ". /dev/fd/3";

/// What execve(2) allows one argument, its zero byte counted.
size_t longest_argument() { return 32 * static_cast<size_t>(sysconf(_SC_PAGESIZE)); }

bool write_all(int descriptor, std::string_view text) {
  while (!text.empty()) {
    int64_t written = pf_write(descriptor, text.data(), text.size());
    if (written < 0) return false;
    text.remove_prefix(static_cast<size_t>(written));
  }
  return true;
}

/// Copies `text` with a zero byte behind it to `to`, and moves that on.
bool add(pf_call* call, const pf_str& text, char*& argument, char*& to) {
  argument = to;
  if (text.len != 0 && memchr(text.data, 0, text.len)) {
    pf_fail(call, PF_E_VALUE, "the command holds a zero byte, which no program can be given");
    return false;
  }
  if (text.len != 0) memcpy(to, text.data, text.len);
  to[text.len] = 0;
  to += text.len + 1;
  return true;
}

}  // namespace

Arguments::~Arguments() {
  free(argv_);
  free(bytes_);
  if (script_ >= 0) close(script_);
}

/// As an argument, or as a file, which the shell closes before it runs anything.
bool Arguments::put_script(pf_call* call, const pf_str& script, char*& to) {
  if (script.len < longest_argument()) return add(call, script, argv_[2], to);
  argv_[2] = g_read_script;
  script_ = memfd_create("script", MFD_CLOEXEC);
  if (script_ >= 0 && write_all(script_, "exec 3<&-;") && write_all(script_, pflow::view(script)))
    return true;
  pf_fail(call, PF_E_TOOL, "cannot hand the script to /bin/sh: %s", strerror(errno));
  return false;
}

bool Arguments::set(pf_call* call, const pf_cmd& command) {
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
  bool whole = put_script(call, command.script, to);
  for (size_t i = 0; whole && i < values.size(); ++i)
    whole = add(call, values[i], argv_[4 + i], to);
  return whole;
}

pf_status too_long(pf_call* call, char** argv, char** envp) {
  constexpr const char* kHelp =
      "hand it over by `stdin:`, or write it to a file whose name the command gets";
  const size_t most = longest_argument() - 1;
  size_t total = 0;
  for (char** list : {argv, envp ? envp : environ}) {
    for (char** text = list; *text; ++text) {
      size_t len = strlen(*text);
      total += len + 1 + sizeof(char*);
      if (len <= most) continue;
      if (list == argv)
        pf_fail(call, PF_E_VALUE, "a value of the command has %zu bytes, and one word may have %zu",
                len, most);
      else
        pf_fail(call, PF_E_VALUE,
                "the environment variable `%.*s` has %zu bytes, and one may have %zu",
                static_cast<int>(strcspn(*text, "=")), *text, len, most);
      pf_fail_help(call, kHelp);
      return PF_FAILED;
    }
  }
  pf_fail(call, PF_E_VALUE,
          "the words of the command and its environment have %zu bytes, and the system takes %ld",
          total, sysconf(_SC_ARG_MAX));
  pf_fail_help(call, "hand the words over by `stdin:`, as `xargs` reads them");
  return PF_FAILED;
}

}  // namespace pf_process
