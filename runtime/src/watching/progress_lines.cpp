#include "runtime/src/watching/progress_lines.h"

#include <algorithm>

#include "runtime/src/recorder/dollars.h"
#include "runtime/src/values/buffer.h"
#include "runtime/src/values/utf8.h"

namespace pflow::rt {
namespace {

constexpr double kNanoseconds = 1e9;

size_t columns(Buffer& text) {
  return static_cast<size_t>(count_code_points(text.data(), text.size()));
}

/// At its end, from byte `from` on, the line keeps what fits.
void cut_to_width(Buffer& out, size_t from, size_t width) {
  int64_t points = 0;
  size_t all = out.size() - from;
  size_t kept = skip_code_points(out.data() + from, all, static_cast<int64_t>(width), &points);
  out.grew(kept - all);
}

/// `each` of `main/each#5c`.
void add_label(Buffer& out, const pf_site* site) {
  pf_str id = view(site ? site->id : "");
  const char* end = id.data + id.len;
  const char* slash = std::find(id.data, end, '/');
  const char* from = slash == end ? id.data : slash + 1;
  out.add(from, static_cast<size_t>(std::find(from, end, '#') - from));
  if (site && site->line != 0) out.format(", line %u", site->line);
}

/// `45s`, `3m20s`, `2h05m`.
void add_time(Buffer& out, double seconds) {
  auto whole = static_cast<long long>(seconds);
  if (whole < 60) return out.format("%llds", whole);
  if (whole < 3600) return out.format("%lldm%02llds", whole / 60, whole % 60);
  out.format("%lldh%02lldm", whole / 3600, whole / 60 % 60);
}

void add_speed(Buffer& out, const ItemsProgress& batch, int64_t now) {
  double seconds = static_cast<double>(now - batch.began) / kNanoseconds;
  if (batch.ended == 0 || seconds <= 0) return;
  double rate = static_cast<double>(batch.ended) / seconds;
  out.format(rate < 100 ? "  %.1f/s" : "  %.0f/s", rate);
  if (batch.items <= batch.ended || batch.open == 0) return;
  out.add("  ");
  add_time(out, static_cast<double>(batch.items - batch.ended) / rate);
  out.add(" left");
}

void add_bar(Buffer& out, const ItemsProgress& batch, size_t width) {
  auto done = static_cast<size_t>(static_cast<double>(width) * static_cast<double>(batch.ended) /
                                  static_cast<double>(batch.items));
  done = std::min(done, width);
  for (size_t i = 0; i < width; ++i) out.add(i < done ? "━" : "─");
}

}  // namespace

void add_batch_line(Buffer& out, const ItemsProgress& batch, int64_t now, size_t width) {
  constexpr size_t kLeastBar = 8, kMostBar = 30, kGap = 2;
  size_t from = out.size();
  Buffer label, numbers;
  add_label(label, batch.site);
  numbers.add_int(batch.ended);
  if (batch.items >= 0) numbers.format("/%lld", static_cast<long long>(batch.items));
  add_speed(numbers, batch, now);
  if (batch.skipped != 0) numbers.format("  %lld skipped", static_cast<long long>(batch.skipped));
  out.add(label.text());
  out.add("  ");
  size_t used = columns(label) + columns(numbers) + 2 * kGap;
  if (batch.items > 0 && used + kLeastBar <= width) {
    add_bar(out, batch, std::min(width - used, kMostBar));
    out.add("  ");
  }
  out.add(numbers.text());
  if (width != 0) cut_to_width(out, from, width);
}

void add_status_line(Buffer& out, const Progress& progress, size_t width) {
  size_t from = out.size();
  const auto gap = [&](const char* text) { out.add(out.size() == from ? "" : text); };
  for (const NodeProgress& each : progress.nodes) {
    if (each.running == 0) continue;
    gap(", ");
    out.add(each.node->name);
    if (each.running > 1) out.format(" ×%lld", static_cast<long long>(each.running));
  }
  if (int64_t tokens = progress.used.input_tokens + progress.used.output_tokens) {
    gap("  ");
    out.format("%lld tokens", static_cast<long long>(tokens));
  }
  if (progress.used.cost > 0) {
    gap("  ");
    add_dollars(out, progress.used.cost);
  }
  if (progress.retries != 0) {
    gap("  ");
    out.format("%lld %s", static_cast<long long>(progress.retries),
               progress.retries == 1 ? "retry" : "retries");
  }
  cut_to_width(out, from, width);
}

}  // namespace pflow::rt
