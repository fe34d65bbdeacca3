/// SIGINT and SIGTERM. A program that waits is cancelled and ends with 130 or
/// 143 after clean-up; one that runs straight through ends at once, its
/// temporary files removed; so does any at the second signal.
#pragma once

namespace pflow::rt {

/// Installs the handlers, also where the parent ignored the signals, as shells do for
/// SIGINT of what runs with `&`; SIGPIPE becomes an error of the write.
void install_signal_handlers();

/// From here on the first signal is passed to `wake` (called in the handler)
/// instead of ending the program; null: ends it again.
void pass_first_signal_to(void (*wake)());

/// The loop has seen the signal, and cancels what is pending.
void acknowledge_signal();

/// The signal that came, or 0.
[[nodiscard]] int received_signal();

}  // namespace pflow::rt
