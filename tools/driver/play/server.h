/// The playground as a server on loopback.
#pragma once

#include <cstdint>
#include <functional>
#include <string>

#include "support/result.h"
#include "tools/driver/play/workbench.h"

namespace pflow::play {

/// Serves until SIGINT, SIGHUP or SIGTERM, and answers 128 and its number, as the exit code.
/// `ready` is told the address. Port 0 takes a free one.
[[nodiscard]] Result<int> serve(Workbench& workbench, uint16_t port,
                                const std::function<void(const std::string& address)>& ready);

}  // namespace pflow::play
