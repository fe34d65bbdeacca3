#include "runtime/src/recorder/usage.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "runtime/src/descriptors/descriptors.h"
#include "runtime/src/failures/report_json.h"
#include "runtime/src/json/json_text.h"
#include "runtime/src/program/run_options.h"
#include "runtime/src/recorder/dollars.h"
#include "runtime/src/recorder/effect.h"
#include "runtime/src/recorder/used_json.h"
#include "runtime/src/values/buffer.h"
#include "runtime/src/values/memory.h"

namespace pflow::rt {
namespace {

struct Sum {
  pf_used used;  ///< by all calls; its model is its own, and a cost that one lacks is none
  int64_t calls;
  Sum* next;
};

Sum* g_first;  ///< in the order of their first calls
Sum g_all = {{.has_cost = true}, 0, nullptr};

Sum& sum_of(const pf_used& used) {
  Sum** at = &g_first;
  for (; *at; at = &(*at)->next)
    if (pf_str_equal(&(*at)->used.model, &used.model) &&
        strcmp((*at)->used.provider, used.provider) == 0)
      return **at;
  auto* made = static_cast<Sum*>(allocate_zeroed(sizeof(Sum)));
  made->used.provider = used.provider;
  made->used.model = pf_str_copy(used.model.data, used.model.len);
  made->used.has_cost = true;
  *at = made;
  return *made;
}

void add(Sum& sum, const pf_used& used) {
  sum.calls += 1;
  add_used(sum.used, used);
}

void add_sum(Buffer& out, const Sum& sum) {
  out.add("\"calls\":");
  out.add_int(sum.calls);
  out.add(',');
  add_used_json(out, sum.used);
}

/// `{"calls":…,"by_model":{"openai/gpt-5":{…}}}`
void add_object(Buffer& out) {
  out.add('{');
  add_sum(out, g_all);
  out.add(",\"by_model\":{");
  for (const Sum* sum = g_first; sum; sum = sum->next) {
    Buffer name;
    add_model_name(name, sum->used);
    if (sum != g_first) out.add(',');
    add_json_string(out, name.text());
    out.add(":{");
    add_sum(out, *sum);
    out.add('}');
  }
  out.add("}}");
}

void add_words(Buffer& out, const Sum& sum) {
  const pf_used& used = sum.used;
  out.format("%lld call%s, %lld input tokens", static_cast<long long>(sum.calls),
             sum.calls == 1 ? "" : "s", static_cast<long long>(used.input_tokens));
  if (used.cached_input_tokens)
    out.format(" (%lld cached)", static_cast<long long>(used.cached_input_tokens));
  out.format(", %lld output tokens", static_cast<long long>(used.output_tokens));
  if (used.reasoning_tokens)
    out.format(" (%lld reasoning)", static_cast<long long>(used.reasoning_tokens));
  out.add(", ");
  if (used.has_cost)
    add_dollars(out, used.cost);
  else
    out.add("unknown cost");
}

}  // namespace

Usage usage_so_far() { return {g_all.used, g_all.calls}; }

void usage_takes(const pf_effect& effect) {
  add(g_all, effect.used);
  add(sum_of(effect.used), effect.used);
}

void print_usage() {
  if (!usage_is_asked_for()) return;
  Buffer out;
  if (json_output()) {
    out.add("{\"usage\":");
    add_object(out);
    out.add('}');
  } else {
    out.add("usage: ");
    add_words(out, g_all);
    for (const Sum* sum = g_first; sum && g_first->next; sum = sum->next) {
      out.add("\n  ");
      add_model_name(out, sum->used);
      out.add(": ");
      add_words(out, *sum);
    }
  }
  out.add('\n');
  (void)write_all(STDERR_FILENO, out.data(), out.size());
}

void add_usage_json(Buffer& out) {
  if (g_all.calls == 0) return;
  out.add(",\"usage\":");
  add_object(out);
}

}  // namespace pflow::rt
