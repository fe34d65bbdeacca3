#include "live_text.h"

#include "pflow/node.hpp"

namespace pf_models {

struct LiveText::Shown {
  Shown* next = nullptr;  ///< waits for its end
  std::string held;       ///< until its turn
  bool begun = false;     ///< something of it stands on the screen
  bool broken = false;    ///< not all of it; who prints it says why
  bool ended = false;
  pflow::Text value;
  bool has_value = false;
};

namespace {

/// The one that is shown, and those that wait.
LiveText::Shown* g_first;

void write(LiveText::Shown& shown, std::string_view text) {
  if (text.empty()) return;
  shown.begun = true;
  if (!pf_print(text.data(), text.size())) shown.broken = true;
}

void write_end(LiveText::Shown& shown) {
  if (!shown.begun) return;
  write(shown, "\n");
  if (shown.has_value && !shown.broken) pf_printed(&shown.value.get());
}

/// It has ended: the next ones are shown, as far as they have come.
void go_on() {
  while (g_first && g_first->ended) {
    LiveText::Shown* ended = g_first;
    write_end(*ended);
    g_first = ended->next;
    delete ended;
    if (!g_first) return;
    write(*g_first, g_first->held);
    g_first->held.clear();
  }
}

}  // namespace

LiveText::LiveText() : shown_(pf_quiet() ? nullptr : new Shown) {
  LiveText::Shown** last = &g_first;
  while (*last) last = &(*last)->next;
  *last = shown_;
}

void LiveText::add(std::string_view piece) {
  if (!shown_) return;
  if (shown_ == g_first)
    write(*shown_, piece);
  else
    shown_->held += piece;
}

void LiveText::end(const pf_str* value) {
  if (!shown_) return;
  shown_->ended = true;
  shown_->has_value = value;
  if (value) shown_->value = pflow::Text(pflow::share(*value));
  shown_ = nullptr;
  go_on();
}

}  // namespace pf_models
