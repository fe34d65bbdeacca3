#include "runtime/src/watching/kept_steps.h"

#include <stdlib.h>

#include <algorithm>

#include "pflow/timer.h"
#include "runtime/src/json/json_text.h"
#include "runtime/src/recorder/place.h"
#include "runtime/src/values/buffer.h"
#include "runtime/src/values/memory.h"
#include "runtime/src/values/number_text.h"
#include "runtime/src/values/utf8.h"
#include "runtime/src/watching/thousandths.h"

namespace pflow::rt {
namespace {

constexpr size_t kMostBytes = size_t{2} << 20;  ///< of inputs and outputs
constexpr size_t kLeastShown = 60;
constexpr size_t kMostSteps = 20'000;
constexpr int64_t kMostFailed = 1000;  ///< of those that come later
constexpr size_t kMostMessage = 1000;
constexpr int64_t kMicrosecond = 1000;  ///< nanoseconds

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
  kept->lane = lanes_.take();
  kept->began = step.started;
  kept->took = -1;
  if (steps_.size() < kMostSteps) list(*kept, step);
  return kept;
}

void KeptSteps::list(KeptStep& kept, const Step& step) {
  Buffer place, in;
  add_place(place, *step.call);
  kept.listed = true;
  kept.site = number_of(step.call->site);
  kept.node = number_in(nodes_, step.node);
  kept.place = place.take();
  kept.attempt = attempt_of(*step.call);
  add_shown_ports(in, step.node->ports, step.node->port_count, step.in, most_);
  steps_.add(&kept);
  keep(kept.in, in);
}

void KeptSteps::end(KeptStep& kept, const Step& step, pf_status status) {
  lanes_.give_back(kept.lane);
  kept.failed = status == PF_FAILED;
  if (!kept.listed) {
    if (!kept.failed || late_failures_ == kMostFailed) {
      ++left_out_;
      return free(&kept);
    }
    ++late_failures_;
    list(kept, step);
  }
  kept.took = pf_clock() - kept.began;
  kept.questions = step.questions;
  kept.used = step.used;
  Buffer out;
  if (!kept.failed) {
    add_shown_ports(out, step.node->outputs, step.node->output_count, step.out, most_);
    keep(kept.out, out);
  } else if (const auto* failure = static_cast<const Failure*>(step.call->error)) {
    kept.kind = failure->kind;
    add_shown_text(out, failure->message, kMostMessage);
    kept.message = out.take();
  }
}

namespace {

void add_step(Buffer& json, const KeptStep& step, int64_t began, int64_t now) {
  const auto add_number = [&](size_t number) {
    json.add_int(static_cast<int64_t>(number));
    json.add(',');
  };
  json.add('[');
  add_number(step.site);
  add_number(step.node);
  add_json_string(json, step.place);
  json.add(',');
  add_number(static_cast<size_t>(step.attempt));
  add_number(step.lane);
  add_thousandths(json, (step.began - began) / kMicrosecond);
  json.add(',');
  add_thousandths(json, (step.took < 0 ? now - step.began : step.took) / kMicrosecond);
  json.add(',');
  add_json_string(json, step.in);
  json.add(',');
  add_json_string(json, step.out);
  json.add(step.failed ? ",\"" : ",\"\",");
  if (step.failed) {
    json.add(kind_name(step.kind));
    json.add("\",");
  }
  step.message.len != 0 ? json.add(step.message) : json.add("\"\"");
  json.add(',');
  if (step.questions == 0) return json.add("null]");
  json.add('[');
  add_number(static_cast<size_t>(step.used.input_tokens));
  add_number(static_cast<size_t>(step.used.output_tokens));
  if (step.used.has_cost)
    add_float(json, step.used.cost);
  else
    json.add("null");
  json.add("]]");
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
