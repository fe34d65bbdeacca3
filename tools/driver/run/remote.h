/// Programs of other machines: fetched when that is allowed, shown before they run.
#pragma once

#include <string>
#include <string_view>

#include "tools/driver/driver_env.h"

namespace pflow::run {

/// Whether the name of a program is an address.
[[nodiscard]] bool is_remote(std::string_view name);

/// The text at an address. A flow fetches it, so that proxies, certificates and redirects are
/// those of every flow.
[[nodiscard]] Result<std::string> fetch(const std::string& address, DriverEnv& env);

enum class Agreement : uint8_t { Given, Refused, NobodyThere };

/// Shows the program at the terminal of this process and asks whether it is to run.
[[nodiscard]] Agreement ask_to_run(const std::string& address, std::string_view text);

/// The text as a terminal may show it: without characters that control it or turn the direction
/// of writing.
[[nodiscard]] std::string as_visible(std::string_view text);

}  // namespace pflow::run
