#include <dlfcn.h>
#include <stdio.h>
#include <string.h>

#include "runtime/src/http/curl_library.h"

namespace pflow {
namespace {

constexpr const char* kName = "libcurl.so.4";

bool g_tried;
char g_problem[512];

bool find_function(void* library, const char* name, void* slot) {
  void* found = dlsym(library, name);
  memcpy(slot, &found, sizeof found);
  return found;
}

/// Stops at the first that is missing: dlerror() tells of the last look-up.
bool find_functions(void* library) {
  bool complete = true;
#define PF_FIND(name) complete = complete && find_function(library, "curl_" #name, &g_curl.name);
  PF_CURL_FUNCTIONS(PF_FIND)
#undef PF_FIND
  return complete;
}

/// The loader begins with the name of the file, which the headline has already.
const char* without_name(const char* reason) {
  size_t len = strlen(kName);
  bool named = strncmp(reason, kName, len) == 0 && strncmp(reason + len, ": ", 2) == 0;
  return named ? reason + len + 2 : reason;
}

}  // namespace

const char* load_curl() {
  if (!g_tried) {
    g_tried = true;
    void* library = dlopen(kName, RTLD_NOW | RTLD_LOCAL);
    // What libcurl itself has loaded is found through it.
    if (library && find_functions(library))
      find_function(library, "SSL_get0_alpn_selected", &tls_protocol);
    else
      snprintf(g_problem, sizeof g_problem, "cannot load %s: %s", kName, without_name(dlerror()));
  }
  return g_problem[0] ? g_problem : nullptr;
}

}  // namespace pflow
