// What may stand in a path after literal text: nothing that leads out of the folder.
#include <string.h>

#include "pflow/abi.h"
#include "runtime/src/failures/failure.h"

namespace {

bool has_parent_component(const pf_str& text) {
  for (size_t begin = 0; begin <= text.len;) {
    const void* slash =
        begin < text.len ? memchr(text.data + begin, '/', text.len - begin) : nullptr;
    size_t end =
        slash ? static_cast<size_t>(static_cast<const char*>(slash) - text.data) : text.len;
    if (end - begin == 2 && memcmp(text.data + begin, "..", 2) == 0) return true;
    begin = end + 1;
  }
  return false;
}

}  // namespace

bool pf_path_part(const pf_str* text, const pf_site* site) {
  const char* why = nullptr;
  if (text->len != 0 && text->data[0] == '/')
    why = "begins with `/`";
  else if (has_parent_component(*text))
    why = "has a `..` component";
  if (!why) return false;
  auto shown = static_cast<int>(text->len < 80 ? text->len : 80);
  pflow::rt::raise(PF_E_VALUE, site, "`%.*s` cannot be a part of this path: it %s", shown,
                   text->data, why);
  return true;
}
