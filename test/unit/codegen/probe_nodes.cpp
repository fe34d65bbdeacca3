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

/// extern node pick<T>(items: [T], spare: T) -> T: the last item, or the spare one.
struct PickIn {
  const pf_type* type_T;
  pf_list items;
  const void* spare;
};
struct PickOut {
  void* item;
};
pf_status pfn_probe_pick(pf_call* call, const PickIn* in, PickOut* out) {
  const pf_list_head* head = in->items.head;
  const void* chosen = in->spare;
  if (head) chosen = reinterpret_cast<const char*>(head + 1) + (head->len - 1) * in->type_T->size;
  memcpy(out->item, chosen, in->type_T->size);
  pf_retain_value(out->item, in->type_T);
  if (head && head->len == 3) return pf_fail(call, PF_E_VALUE, "three %s", in->type_T->name);
  return PF_DONE;
}
}
