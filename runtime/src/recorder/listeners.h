/// Those who listen, for who tells them.
#pragma once

#include "runtime/src/recorder/listener.h"

namespace pflow::rt {

[[nodiscard]] int listener_count();
[[nodiscard]] const Listener& listener(int number);

/// Tells all that want to hear it.
template <typename... Told, typename... Given>
void for_listeners(void (*Listener::*tell)(Told...), Given&&... given) {
  for (int number = 0; number < listener_count(); ++number)
    if (auto* hears = listener(number).*tell) hears(given...);
}
/// The same of a step or an effect, with the number of each.
template <typename Subject, typename... Told, typename... Given>
void for_listeners_of(void (*Listener::*tell)(Subject&, int, Told...), Subject& subject,
                      Given&&... given) {
  for (int number = 0; number < listener_count(); ++number)
    if (auto* hears = listener(number).*tell) hears(subject, number, given...);
}

/// Whether a call that is over ends later: who listens completes it then.
[[nodiscard]] bool holds_step(pf_call& call, pf_status status);
/// A call that was pending has ended.
void end_step(pf_call& call, pf_status status);

}  // namespace pflow::rt
