#include "runtime/src/program/config.h"

#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdlib.h>
#include <unistd.h>

#include "runtime/src/failures/report.h"
#include "runtime/src/values/buffer.h"
#include "runtime/src/values/memory.h"

namespace pflow::rt {
namespace {

const char* g_model_option;
bool g_model_file_read;
const char* g_model_file;

const char* nonempty_env(const char* name) {
  const char* value = getenv(name);
  return value && *value ? value : nullptr;
}

/// The first line of default_model.txt without blanks, kept for the whole run.
const char* model_of_file() {
  if (g_model_file_read) return g_model_file;
  g_model_file_read = true;
  Buffer path, text;
  if (!add_config_path(path, "default_model.txt") || !read_small_file(path.c_str(), text))
    return nullptr;
  const char* line = text.c_str() + pf_byte_order_mark(text.data(), text.size());
  line += strspn(line, " \t\r\n");
  size_t len = strcspn(line, "\r\n");
  while (len > 0 && (line[len - 1] == ' ' || line[len - 1] == '\t')) --len;
  if (len == 0) return nullptr;
  auto* kept = static_cast<char*>(allocate_zeroed(len + 1));
  memcpy(kept, line, len);
  return g_model_file = kept;
}

}  // namespace

bool add_config_path(Buffer& out, const char* file) {
  struct Folder {
    const char *variable, *within;
  };
  constexpr Folder kFolders[] = {
      {"PFLOW_HOME", "/"}, {"XDG_CONFIG_HOME", "/pflow/"}, {"HOME", "/.config/pflow/"}};
  for (const Folder& folder : kFolders) {
    const char* value = nonempty_env(folder.variable);
    if (!value) continue;
    out.add(value);
    out.add(folder.within);
    out.add(file);
    return true;
  }
  return false;
}

bool read_small_file(const char* path, Buffer& out) {
  int descriptor = open(path, O_RDONLY | O_CLOEXEC);
  if (descriptor < 0) return false;
  int64_t got;
  do {
    out.reserve(4096);
    got = pf_read(descriptor, out.end(), 4096);
    if (got > 0) out.grew(static_cast<size_t>(got));
  } while (got > 0);
  int why = errno;
  close(descriptor);
  errno = why;
  return got == 0;
}

void set_model_option(const char* model) { g_model_option = model; }
const char* model_option() { return g_model_option; }

}  // namespace pflow::rt

using namespace pflow::rt;

const char* pf_default_model(void) {
  if (g_model_option) return g_model_option;
  if (const char* model = nonempty_env("PFLOW_MODEL")) return model;
  return model_of_file();
}

void pf_config_error(const pf_site* site, const char* help, const char* format, ...) {
  Buffer message;
  va_list arguments;
  va_start(arguments, format);
  message.vformat(format, arguments);
  va_end(arguments);
  print_report({PF_E_CONFIG, site, message.text(), help ? view(help) : pf_str{}});
}
