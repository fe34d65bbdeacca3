// Nodes of the module `probe`, as a package would implement them.
#include <stdio.h>
#include <string.h>

#include "pflow/abi.h"

namespace {
struct TextIn {
  pf_str text;
};
struct TextOut {
  pf_str text;
};

pf_str with_mark(pf_str text) {
  char* bytes = nullptr;
  pf_str made = pf_str_new(text.len + 1, &bytes);
  memcpy(bytes, text.data, text.len);
  bytes[text.len] = '!';
  return made;
}
}  // namespace

extern "C" {

pf_status pfn_probe_shout(pf_call*, const TextIn* in, TextOut* out) {
  out->text = with_mark(in->text);
  return PF_DONE;
}

/// Fills its output, then fails: the caller releases what it filled.
pf_status pfn_probe_refuse(pf_call* call, const TextIn* in, TextOut* out) {
  out->text = with_mark(in->text);
  return pf_fail(call, PF_E_TOOL, "refused %.*s", static_cast<int>(in->text.len), in->text.data);
}

pf_status pfn_probe_say(pf_call*, const TextIn* in, void*) {
  fprintf(stderr, "%.*s\n", static_cast<int>(in->text.len), in->text.data);
  return PF_DONE;
}

/// Ends with the action that its input names.
pf_status pfn_probe_decide(pf_call* call, const TextIn* in, TextOut* out) {
  out->text = with_mark(in->text);
  if (in->text.len == 2) pf_choose(call, "no");
  if (in->text.len == 5) pf_choose(call, "maybe");
  return PF_DONE;
}
}
