#include "runtime/src/watching/kept_steps.h"

#include <stdlib.h>

#include <algorithm>

#include "pflow/timer.h"
#include "runtime/src/json/json_text.h"
#include "runtime/src/recorder/place.h"
#include "runtime/src/recorder/used_json.h"
#include "runtime/src/values/buffer.h"
#include "runtime/src/values/memory.h"
#include "runtime/src/values/utf8.h"

namespace pflow::rt {
namespace {

constexpr size_t kMostBytes = size_t{2} << 20;  ///< of inputs and outputs
constexpr size_t kLeastShown = 60;
constexpr size_t kMostSteps = 20'000;
constexpr int64_t kMostFailed = 1000;  ///< of those that come later
constexpr size_t kMostMessage = 1000;

double milliseconds(int64_t nanoseconds) { return static_cast<double>(nanoseconds) / 1e6; }

/// The beginning of the text, with `…` behind it. `text` is replaced.
void cut(pf_str& text, size_t most) {
  if (text.len <= most) return;
  size_t shown = most;
  while (shown > 0 && is_continuation(text.data[shown])) --shown;
  Buffer kept;
  kept.add(text.data, shown);
  kept.add("…");
  pf_str_release(text);
  text = kept.take();
}

template <typename T>
size_t number_in(Row<T>& row, T wanted) {
  size_t number = 0;
  while (number < row.size() && row[number] != wanted) ++number;
  if (number == row.size()) row.add(wanted);
  return number;
}

}  // namespace

size_t KeptSteps::number_of(const pf_site* site) { return number_in(sites_, site); }

void KeptSteps::keep(pf_str& text, Buffer& from) {
  text = from.take();
  bytes_ += text.len;
  if (bytes_ > kMostBytes && most_ > kLeastShown) shorten();
}

void KeptSteps::shorten() {
  most_ = std::max(most_ / 2, kLeastShown);
  bytes_ = 0;
  for (KeptStep* step : steps_) {
    cut(step->in, most_);
    cut(step->out, most_);
    bytes_ += step->in.len + step->out.len;
  }
}

KeptStep* KeptSteps::begin(const Step& step) {
  ++all_;
  auto* kept = static_cast<KeptStep*>(allocate_zeroed(sizeof(KeptStep)));
  Buffer place, in;
  add_place(place, *step.call);
  kept->site = number_of(step.call->site);
  kept->node = number_in(nodes_, step.node);
  kept->place = place.take();
  kept->attempt = attempt_of(*step.call);
  kept->lane = lanes_.take();
  kept->began = step.started;
  kept->took = -1;
  add_shown_ports(in, step.node->ports, step.node->port_count, step.in, most_);
  kept->listed = steps_.size() < kMostSteps;
  if (kept->listed) steps_.add(kept);
  keep(kept->in, in);
  return kept;
}

/// One that came too late to be listed has ended.
void KeptSteps::end_late(KeptStep& kept) {
  if (kept.failed && late_failures_ < kMostFailed) {
    ++late_failures_;
    steps_.add(&kept);
    return;
  }
  ++left_out_;
  bytes_ -= kept.in.len + kept.out.len;
  for (pf_str text : {kept.place, kept.in, kept.out, kept.message}) pf_str_release(text);
  free(&kept);
}

void KeptSteps::end(KeptStep& kept, const Step& step, pf_status status) {
  lanes_.give_back(kept.lane);
  kept.took = pf_clock() - kept.began;
  kept.questions = step.questions;
  kept.used = step.used;
  Buffer out;
  if (status == PF_FAILED) {
    kept.failed = true;
    if (const auto* failure = static_cast<const Failure*>(step.call->error)) {
      kept.kind = failure->kind;
      add_shown_text(out, failure->message, kMostMessage);
      kept.message = out.take();
    }
  } else {
    add_shown_ports(out, step.node->outputs, step.node->output_count, step.out, most_);
    keep(kept.out, out);
  }
  if (!kept.listed) end_late(kept);
}

namespace {

void add_step(Buffer& json, const KeptStep& step, int64_t began, int64_t now) {
  json.format("[%zu,%zu,", step.site, step.node);
  add_json_string(json, step.place);
  json.format(",%lld,%zu,%.3f,%.3f,", static_cast<long long>(step.attempt), step.lane,
              milliseconds(step.began - began),
              milliseconds(step.took < 0 ? now - step.began : step.took));
  add_json_string(json, step.in);
  json.add(',');
  add_json_string(json, step.out);
  json.format(",\"%s\",", step.failed ? kind_name(step.kind) : "");
  step.message.len != 0 ? json.add(step.message) : json.add("\"\"");
  json.add(',');
  if (step.questions != 0) {
    json.add('{');
    add_used_json(json, step.used);
    json.add("}]");
  } else {
    json.add("null]");
  }
}

}  // namespace

void KeptSteps::add_json(Buffer& json, int64_t began) {
  int64_t now = pf_clock();
  json.add(",\"steps\":[");
  for (size_t i = 0; i < steps_.size(); ++i) {
    if (i != 0) json.add(',');
    add_step(json, *steps_[i], began, now);
  }
  json.add(']');
}

}  // namespace pflow::rt
