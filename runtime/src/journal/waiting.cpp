// --answer and --event, and what a run says that waits for them.
#include "pflow/waiting.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <algorithm>
#include <new>
#include <string_view>

#include "pflow/watch.h"
#include "runtime/src/descriptors/descriptors.h"
#include "runtime/src/failures/report_json.h"
#include "runtime/src/journal/journal.h"
#include "runtime/src/json/json_text.h"
#include "runtime/src/recorder/place.h"
#include "runtime/src/running/frame.h"
#include "runtime/src/running/wait_host.h"
#include "runtime/src/running/waits.h"
#include "runtime/src/values/buffer.h"
#include "runtime/src/values/memory.h"
#include "runtime/src/values/row.h"

namespace pflow::rt {
namespace {

struct Given {
  pf_str name, value;
  bool is_event, is_taken;
};
Row<Given>* g_given;  ///< lives as long as the program
pf_waiting* g_first;
bool g_has_stopped;

int shown(const pf_str& text) { return static_cast<int>(text.len < 200 ? text.len : 200); }

// ---- the command line
// -----------------------------------------------------------------------------

bool refuse(const char* option, const char* help, const Buffer& problem) {
  Buffer why;
  why.add(problem.data(), problem.size());
  pf_config_error(nullptr, help, "`--%s` %s", option, why.c_str());
  return false;
}

/// Of `@FILE`.
bool read_value(pf_str path, pf_str& out, Buffer& problem) {
  constexpr size_t kMost = size_t{16} << 20, kChunk = 65'536;
  Buffer name, text;
  name.add(path);
  const int file = open(name.c_str(), O_RDONLY | O_CLOEXEC);
  ssize_t got = file < 0 ? -1 : 0;
  while (file >= 0 && text.size() <= kMost) {
    text.reserve(kChunk);
    got = read(file, text.end(), kChunk);
    if (got <= 0) break;
    text.grew(static_cast<size_t>(got));
  }
  if (got < 0) problem.format("cannot read `%s`: %s", name.c_str(), strerror(errno));
  if (text.size() > kMost) problem.format("cannot take `%s`: it is too large", name.c_str());
  if (file >= 0) close(file);
  out = text.take();
  return problem.size() == 0;
}

bool take_given(const char* option, pf_str line, bool is_event) {
  Buffer problem;
  const auto* equals = static_cast<const char*>(memchr(line.data, '=', line.len));
  if (!equals || equals == line.data) {
    problem.format("takes NAME=VALUE, not `%.*s`", shown(line), line.data);
    return refuse(option, nullptr, problem);
  }
  const auto name_len = static_cast<size_t>(equals - line.data);
  Given given = {{line.data, name_len, nullptr},
                 {equals + 1, line.len - name_len - 1, nullptr},
                 is_event,
                 false};
  if (is_event && given.value.len != 0 && given.value.data[0] == '@' &&
      !read_value({given.value.data + 1, given.value.len - 1, nullptr}, given.value, problem))
    return refuse(option, nullptr, problem);
  if (!g_given) g_given = new (allocate(sizeof(Row<Given>))) Row<Given>;
  g_given->add(given);
  return true;
}

/// One a line.
bool take_all(const char* option, const char* value, bool is_event) {
  while (value && *value) {
    const char* end = strchrnul(value, '\n');
    const pf_str line = {value, static_cast<size_t>(end - value), nullptr};
    if (line.len != 0 && !take_given(option, line, is_event)) return false;
    value = *end ? end + 1 : end;
  }
  return true;
}

bool nothing(const char*, const pf_program*, const void*) { return true; }
bool take_answers(const char* value, const pf_program*, void*, bool*) {
  return take_all("answer", value, false);
}
bool take_events(const char* value, const pf_program*, void*, bool*) {
  return take_all("event", value, true);
}

// ---- the end of a run that waits
// --------------------------------------------------------------------

/// As a word of the shell.
void add_quoted(Buffer& out, pf_str text) {
  out.add('\'');
  for (size_t i = 0; i < text.len; ++i)
    text.data[i] == '\'' ? out.add("'\\''") : out.add(text.data[i]);
  out.add('\'');
}

/// Null: all wait for batches, which come of themselves.
const pf_waiting* first_that_is_told() {
  const pf_waiting* at = g_first;
  while (at && at->kind == PF_WAITS_BATCH) at = at->next;
  return at;
}

void add_list(Buffer& out) {
  out.add("the run waits for\n");
  for (const pf_waiting* at = g_first; at; at = at->next) {
    out.format("  %.*s", shown(at->name), at->name.data);
    if (at->kind == PF_WAITS_EVENT)
      out.add(" (an event)\n");
    else
      out.format(": %.*s\n", shown(at->shown), at->shown.data);
  }
  for (size_t i = 0; g_given && i < g_given->size(); ++i)
    if (const Given& given = (*g_given)[i]; !given.is_taken)
      out.format("nothing has asked for `%.*s`\n", shown(given.name), given.name.data);
  out.format("`--resume %s", journal_name());
  if (const pf_waiting* asked = first_that_is_told()) {
    Buffer option;
    const bool is_event = asked->kind == PF_WAITS_EVENT;
    option.add(asked->name);
    option.add(is_event ? "=@FILE" : "=yes");
    out.add(is_event ? " --event " : " --answer ");
    add_quoted(out, option.text());
  }
  out.add("` goes on with it\n");
}

void add_json_kind(Buffer& out, const pf_waiting& waiting) {
  switch (waiting.kind) {
    case PF_WAITS_EVENT: return out.add(",\"kind\":\"event\"");
    case PF_WAITS_ANSWER: out.add(",\"kind\":\"answer\",\"question\":"); break;
    case PF_WAITS_BATCH: out.add(",\"kind\":\"batch\",\"batch\":"); break;
  }
  add_json_string(out, waiting.shown);
}

void add_json_list(Buffer& out) {
  out.add("{\"waiting\":[");
  for (const pf_waiting* at = g_first; at; at = at->next) {
    out.add(at == g_first ? "{\"name\":" : ",{\"name\":");
    add_json_string(out, at->name);
    add_json_kind(out, *at);
    out.add('}');
  }
  out.add("],\"resume\":");
  add_json_string(out, view(journal_name()));
  out.add("}\n");
}

bool let_others_pass() {
  bool any = false;
  for (pf_waiting* at = g_first; at; at = at->next) {
    // Others would only make batches of their own.
    if (at->lets_pass || at->kind == PF_WAITS_BATCH) continue;
    let_pass(*at);
    any = true;
  }
  return any;
}

bool stop() {
  if (!g_first) return false;
  g_has_stopped = true;
  Buffer told;
  if (json_output()) {
    add_json_list(told);
    write_all(STDOUT_FILENO, told.data(), told.size());
  } else {
    add_list(told);
    write_all(STDERR_FILENO, told.data(), told.size());
  }
  return true;
}

bool has_stopped() { return g_has_stopped; }

}  // namespace
}  // namespace pflow::rt

using namespace pflow::rt;

const WaitsApi pf_waits = {let_others_pass, stop, has_stopped};
const pf_watch pf_answer = {"answer", nothing, take_answers, true};
const pf_watch pf_event = {"event", nothing, take_events, true};

pf_str pf_waiting_name(const pf_call* call) {
  Buffer place, name;
  add_place(place, *call);
  const std::string_view all(place.c_str(), place.size());
  const size_t site = all.rfind('/') + 1;  // behind its flow
  name.add(all.data() + site, std::min(all.find_first_of(" [", site), all.size()) - site);
  for (size_t at = all.find('['); at < all.size(); at = all.find('[', at + 1))
    name.add(all.data() + at, all.find(']', at) + 1 - at);
  return name.take();
}

bool pf_waiting_given(const pf_str* name, bool is_event, pf_str* out) {
  for (size_t i = 0; g_given && i < g_given->size(); ++i) {
    Given& given = (*g_given)[i];
    if (given.is_taken || given.is_event != is_event || !pf_str_equal(&given.name, name)) continue;
    given.is_taken = true;
    *out = pf_str_copy(given.value.data, given.value.len);
    return true;
  }
  return false;
}

bool pf_waiting_is_hosted() { return wait_host() != nullptr; }

bool pf_waiting_begin(pf_waiting* waiting) {
  if (const WaitHost* host = wait_host()) return host->begin(*waiting);
  if (!journal_name()) return false;
  pf_waiting** last = &g_first;
  pf_waiting* previous = nullptr;
  while (*last) {
    previous = *last;
    last = &(*last)->next;
  }
  *last = waiting;
  waiting->next = nullptr;
  waiting->previous = previous;
  return true;
}

void pf_waiting_end(pf_waiting* waiting) {
  if (const WaitHost* host = wait_host()) return host->end(*waiting);
  (waiting->previous ? waiting->previous->next : g_first) = waiting->next;
  if (waiting->next) waiting->next->previous = waiting->previous;
}
