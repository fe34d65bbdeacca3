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
#include "runtime/src/values/buffer.h"
#include "runtime/src/values/memory.h"
#include "runtime/src/values/number_text.h"

namespace pflow::rt {
namespace {

struct Sum {
  const char* provider;
  pf_str model;  ///< its own
  int64_t calls, input, cached, output, reasoning;
  double cost;
  bool costs;  ///< what it cost is known of all its calls
  Sum* next;
};

Sum* g_first;  ///< in the order of their first calls
Sum g_all = {"", {}, 0, 0, 0, 0, 0, 0, true, nullptr};

Sum& sum_of(const pf_used& used) {
  Sum** at = &g_first;
  for (; *at; at = &(*at)->next)
    if (pf_str_equal(&(*at)->model, &used.model) && strcmp((*at)->provider, used.provider) == 0)
      return **at;
  auto* made = static_cast<Sum*>(allocate_zeroed(sizeof(Sum)));
  made->provider = used.provider;
  made->model = pf_str_copy(used.model.data, used.model.len);
  made->costs = true;
  *at = made;
  return *made;
}

void add(Sum& sum, const pf_effect& effect) {
  const pf_used& used = effect.used;
  sum.calls += 1;
  sum.input += used.input_tokens;
  sum.cached += used.cached_input_tokens;
  sum.output += used.output_tokens;
  sum.reasoning += used.reasoning_tokens;
  sum.cost += used.cost;
  sum.costs = sum.costs && used.has_cost;
}

void add_count(Buffer& out, const char* name, int64_t value) {
  out.format("\"%s\":", name);
  out.add_int(value);
  out.add(',');
}

void add_sum(Buffer& out, const Sum& sum) {
  add_count(out, "calls", sum.calls);
  add_count(out, "input_tokens", sum.input);
  add_count(out, "output_tokens", sum.output);
  add_count(out, "cached_input_tokens", sum.cached);
  add_count(out, "reasoning_tokens", sum.reasoning);
  out.add("\"cost_usd\":");
  if (sum.costs)
    add_float(out, sum.cost);
  else
    out.add("null");
}

/// `{"calls":…,"by_model":{"openai/gpt-5":{…}}}`
void add_object(Buffer& out) {
  out.add('{');
  add_sum(out, g_all);
  out.add(",\"by_model\":{");
  for (const Sum* sum = g_first; sum; sum = sum->next) {
    Buffer name;
    if (*sum->provider) name.format("%s/", sum->provider);
    name.add(sum->model);
    if (sum != g_first) out.add(',');
    add_json_string(out, name.text());
    out.add(":{");
    add_sum(out, *sum);
    out.add('}');
  }
  out.add("}}");
}

void add_words(Buffer& out, const Sum& sum) {
  out.format("%lld call%s, %lld input tokens", static_cast<long long>(sum.calls),
             sum.calls == 1 ? "" : "s", static_cast<long long>(sum.input));
  if (sum.cached) out.format(" (%lld cached)", static_cast<long long>(sum.cached));
  out.format(", %lld output tokens", static_cast<long long>(sum.output));
  if (sum.reasoning) out.format(" (%lld reasoning)", static_cast<long long>(sum.reasoning));
  out.add(", ");
  if (sum.costs)
    add_dollars(out, sum.cost);
  else
    out.add("unknown cost");
}

}  // namespace

void usage_takes(const pf_effect& effect) {
  add(g_all, effect);
  add(sum_of(effect.used), effect);
}

void print_usage() {
  const char* set = getenv("PFLOW_USAGE");
  if (!usage_is_asked_for() && !(set && *set)) return;
  Buffer out;
  if (json_output()) {
    out.add("{\"usage\":");
    add_object(out);
    out.add('}');
  } else {
    out.add("usage: ");
    add_words(out, g_all);
    for (const Sum* sum = g_first; sum && g_first->next; sum = sum->next) {
      out.format("\n  %s/", sum->provider);
      out.add(sum->model);
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
