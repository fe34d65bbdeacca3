/// The messages of Restate's service protocol, versions 5 to 7, that an endpoint reads and writes.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace pflow::restate {

constexpr int kOldestProtocol = 5, kNewestProtocol = 7;

// ---- read; false: it is no such message

struct Start {
  std::string id;          ///< of the invocation, bytes
  std::string debug_id;    ///< the same as users know it: `inv_…`
  uint32_t known_entries;  ///< commands and notifications that follow, and are known
};
[[nodiscard]] bool read_start(std::string_view message, Start& out);

/// A command of a journal that is sent again.
struct Command {
  std::string name;
  uint32_t completion;  ///< the number of what it gives
  std::string input;    ///< of InputCommand
};
[[nodiscard]] bool read_command(std::string_view message, Command& out);

/// What a command has given, or a signal.
struct Notification {
  uint32_t completion;  ///< 0: it is a signal …
  uint32_t signal;      ///< … with this number; 0: one with a name
  bool failed;
  uint32_t code;      ///< of a failure, like an HTTP status
  std::string value;  ///< the message of a failure
};
[[nodiscard]] bool read_notification(std::string_view message, Notification& out);
/// The number that an acknowledgement is for.
[[nodiscard]] bool read_ack(std::string_view message, uint32_t& completion);

// ---- written, with their headers

[[nodiscard]] std::string run_command(std::string_view name, uint32_t completion);
[[nodiscard]] std::string run_completion(uint32_t completion, std::string_view value);
/// `wake_up` in milliseconds since the epoch.
[[nodiscard]] std::string sleep_command(std::string_view name, uint32_t completion,
                                        uint64_t wake_up);
[[nodiscard]] std::string output_value(std::string_view value);
/// The invocation has failed, and is not tried again.
[[nodiscard]] std::string output_failure(uint32_t code, std::string_view message);
[[nodiscard]] std::string end();
/// The attempt has failed, another one is made; `command` may be empty.
[[nodiscard]] std::string error(uint32_t code, std::string_view message, std::string_view command);
/// Goes on when one of these has come.
struct Awaited {
  std::vector<uint32_t> completions;
  std::vector<uint32_t> signals;
};
[[nodiscard]] std::string suspension(int version, const Awaited& awaited);

/// How others name this signal of the invocation with that id: `sign_1…`.
[[nodiscard]] std::string awakeable_id(std::string_view invocation, uint32_t signal);

}  // namespace pflow::restate
