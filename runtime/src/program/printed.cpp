#include "runtime/src/program/printed.h"

namespace pflow::rt {
namespace {

/// Kept, so that no other value is at its place.
pf_str g_printed;

}  // namespace

void forget_printed() {
  pf_str_release(g_printed);
  g_printed = {};
}

}  // namespace pflow::rt

using namespace pflow::rt;

void pf_printed(const pf_str* text) {
  pf_str_retain(*text);
  forget_printed();
  g_printed = *text;
}

bool pf_is_printed(const pf_str* text) {
  bool is = g_printed.data && text->data == g_printed.data && text->len == g_printed.len;
  if (is) forget_printed();
  return is;
}
