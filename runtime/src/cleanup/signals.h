/// Who asks by SIGHUP, SIGINT or SIGTERM has a program that waits cancelled: it ends with
/// 129, 130 or 143 after clean-up; one that runs straight through ends at once, and leaves
/// nothing behind; so does any at the second signal. Other signals that end a process, a
/// crash among them, do so after the same clean-up. What the parent ignores stays ignored.
#pragma once

namespace pflow::rt {

/// Installs the handlers; SIGPIPE and SIGXFSZ become errors of the write.
void install_signal_handlers();

/// From here on the first signal is passed to `wake` (called in the handler)
/// instead of ending the program; null: ends it again.
void pass_first_signal_to(void (*wake)());

/// The loop has seen the signal, and cancels what is pending.
void acknowledge_signal();

/// As if none had come: it was taken care of.
void forget_signal();

/// In a fork: those who ask are not heard any more, others end the process as they do any.
void leave_signals();

/// The signal that came, or 0.
[[nodiscard]] int received_signal();

}  // namespace pflow::rt
