/// What the command line says of costs and logs, for who keeps them (recorder).
#pragma once

namespace pflow::rt {

/// `--budget`, in US dollars above 0.
void set_run_budget(double limit);
/// 0: none is set.
[[nodiscard]] double run_budget();

/// `--usage`.
void ask_for_usage();
[[nodiscard]] bool usage_is_asked_for();

enum class LogChoice : unsigned char { Unsaid, On, Off };
/// `--log`.
void choose_log(LogChoice choice);
[[nodiscard]] LogChoice log_choice();

}  // namespace pflow::rt
