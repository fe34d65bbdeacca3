// --progress: lines on the terminal that say how far the run is; elsewhere a line when the items of
// an `each` are done, and now and then before.
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <algorithm>
#include <new>

#include "pflow/timer.h"
#include "pflow/watch.h"
#include "runtime/src/descriptors/descriptors.h"
#include "runtime/src/recorder/listener.h"
#include "runtime/src/recorder/usage.h"
#include "runtime/src/values/buffer.h"
#include "runtime/src/values/utf8.h"
#include "runtime/src/watching/progress_lines.h"
#include "runtime/src/watching/terminal_area.h"

namespace pflow::rt {
namespace {

constexpr int64_t kMillisecond = 1'000'000;
constexpr int64_t kQuietAtFirst = 500 * kMillisecond;  ///< a short run shows nothing
constexpr int64_t kBetweenDraws = 100 * kMillisecond;
constexpr int64_t kBetweenLines = 10'000 * kMillisecond;  ///< where there is no terminal
constexpr int64_t kTold = 5;                              ///< retries and skips, one by one
constexpr size_t kMostBatches = 4;

struct Shown {
  Progress progress;
  bool drawn;    ///< on a terminal
  int64_t next;  ///< when lines are due, on pf_clock
  int64_t told;
  int64_t asking;  ///< steps that read the terminal
  pf_timer timer;
};
Shown* g_shown;

void draw(int64_t now) {
  Buffer lines;
  size_t width = terminal_width() - 1, count = 0;
  for (const ItemsProgress& batch : g_shown->progress.batches) {
    if (batch.open == 0 || count == kMostBatches) continue;
    ++count;
    add_batch_line(lines, batch, now, width);
    lines.add('\n');
  }
  size_t before = lines.size();
  g_shown->progress.used = usage_so_far().used;
  add_status_line(lines, g_shown->progress, width);
  if (lines.size() != before) lines.add('\n');
  draw_terminal_area(lines);
}

void print_batch(const ItemsProgress& batch, int64_t now) {
  Buffer line;
  add_batch_line(line, batch, now, 0);
  line.add('\n');
  write_all(STDERR_FILENO, line.data(), line.size());
}

void print_batches(int64_t now) {
  for (const ItemsProgress& batch : g_shown->progress.batches)
    if (batch.open != 0) print_batch(batch, now);
}

void timer_fired(pf_timer* timer);

/// Shows what has changed, when its time has come.
void changed() {
  int64_t now = pf_clock();
  if (g_shown->asking != 0) return;
  if (now >= g_shown->next) {
    g_shown->drawn ? draw(now) : print_batches(now);
    g_shown->next = now + (g_shown->drawn ? kBetweenDraws : kBetweenLines);
  }
  if (g_shown->drawn && g_shown->timer.place == 0)
    pf_timer_start(&g_shown->timer, g_shown->next - now, timer_fired);
}

bool is_something_running() {
  for (const NodeProgress& each : g_shown->progress.nodes)
    if (each.running != 0) return true;
  return false;
}

/// Rates and the time that is left change while nothing else does.
void timer_fired(pf_timer* timer) {
  constexpr int64_t kSecond = 1000 * kMillisecond;
  if (g_shown->asking == 0) draw(pf_clock());
  g_shown->next = pf_clock() + kBetweenDraws;
  if (is_something_running()) pf_timer_start(timer, kSecond, timer_fired);
}

NodeProgress& progress_of(const pf_node* node) {
  for (NodeProgress& known : g_shown->progress.nodes)
    if (known.node == node) return known;
  return g_shown->progress.nodes.add({node, 0});
}

ItemsProgress& progress_of(const Batch& batch) {
  for (ItemsProgress& known : g_shown->progress.batches)
    if (known.site == batch.site) return known;
  return g_shown->progress.batches.add({batch.site, 0, 0, 0, 0, pf_clock()});
}

bool reads_terminal(const Step& step) { return strstr(step.node->effects, "stdin") != nullptr; }

void step_began(Step& step, int) {
  ++progress_of(step.node).running;
  if (reads_terminal(step)) {
    ++g_shown->asking;
    if (g_shown->drawn) clear_terminal_area();
  }
  changed();
}

void step_ended(Step& step, int, pf_status) {
  --progress_of(step.node).running;
  if (reads_terminal(step)) --g_shown->asking;
  changed();
}

void batch_changed(const Batch& batch, BatchChange change) {
  ItemsProgress& known = progress_of(batch);
  switch (change) {
    case BatchChange::Began:
      ++known.open;
      known.items = batch.items < 0 || known.items < 0 ? -1 : known.items + batch.items;
      break;
    case BatchChange::Item: ++known.ended; break;
    case BatchChange::Ended:
      --known.open;
      if (!g_shown->drawn && known.open == 0) print_batch(known, pf_clock());
      break;
  }
  changed();
}

/// `flow.pf:3:5: `, then `what`, the kind and the first line of the reason.
void tell(const pf_site* site, Buffer& what, const Failure& why) {
  constexpr int64_t kMostPoints = 120;
  if (g_shown->told++ >= kTold) return;
  Buffer line;
  if (site && site->line != 0) line.format("%s:%u:%u: ", site->file, site->line, site->column);
  line.add(what.text());
  line.format(" (%s): ", kind_name(why.kind));
  const char* end = why.message.data + why.message.len;
  pf_str first = {why.message.data,
                  static_cast<size_t>(std::find(why.message.data, end, '\n') - why.message.data),
                  nullptr};
  int64_t points = 0;
  line.add(first.data, skip_code_points(first.data, first.len, kMostPoints, &points));
  line.add('\n');
  if (g_shown->told == kTold) line.add("further retries and skipped items are only counted\n");
  write_all(STDERR_FILENO, line.data(), line.size());
}

void tries_again(const pf_site* site, const Failure& why, int64_t attempt, int64_t wait) {
  ++g_shown->progress.retries;
  Buffer what;
  what.format("try %lld failed, again in %.1fs", static_cast<long long>(attempt),
              static_cast<double>(wait) / 1e9);
  tell(site, what, why);
  changed();
}

void item_skipped(const pf_site* site, const Failure& why, int64_t index) {
  for (ItemsProgress& known : g_shown->progress.batches)
    if (known.site == site) ++known.skipped;
  Buffer what;
  what.format("item %lld is skipped", static_cast<long long>(index));
  tell(site, what, why);
}

void end_run(int) {
  if (g_shown->drawn) clear_terminal_area();
  pf_timer_stop(&g_shown->timer);
}

constexpr Listener kProgress = {.step_began = step_began,
                                .step_ended = step_ended,
                                .tries_again = tries_again,
                                .item_skipped = item_skipped,
                                .batch = batch_changed,
                                .end_run = end_run};

bool is_terminal() {
  const char* kind = getenv("TERM");
  return isatty(STDERR_FILENO) && kind && strcmp(kind, "dumb") != 0;
}

bool begin(const char* value, const pf_program*, const void*) {
  bool always = value && strcmp(value, "always") == 0;
  bool never = value && strcmp(value, "never") == 0;
  if (value && !always && !never && strcmp(value, "auto") != 0) {
    pf_config_error(nullptr, "write `auto`, `always` or `never`",
                    "`--progress` expects another word than `%s`", value);
    return false;
  }
  bool terminal = is_terminal();
  if (never || (!always && (!terminal || pf_quiet()))) return true;
  g_shown = new (allocate_zeroed(sizeof(Shown))) Shown();
  g_shown->drawn = terminal;
  g_shown->next = pf_clock() + (terminal ? kQuietAtFirst : kBetweenLines);
  if (terminal) take_terminal_area();
  listen(kProgress);
  return true;
}

}  // namespace
}  // namespace pflow::rt

const pf_watch pf_progress = {"progress", pflow::rt::begin, nullptr};
