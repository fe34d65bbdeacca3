#include "runtime/src/http/redirect.h"

#include <string.h>

namespace pflow {

bool is_redirect(int status) {
  return (status >= 301 && status <= 303) || status == 307 || status == 308;
}

bool becomes_get(int status, const char* method) {
  if (status == 303) return strcmp(method, "HEAD") != 0;
  return (status == 301 || status == 302) && strcmp(method, "POST") == 0;
}

}  // namespace pflow
