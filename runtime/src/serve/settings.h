/// The bounds of a server, which the environment may change.
#pragma once

#include <cstddef>
#include <cstdint>

namespace pflow::serve {

struct Settings {
  size_t body = size_t{16} << 20;     ///< PFLOW_SERVE_BODY: bytes of a request
  size_t calls = 1000;                ///< PFLOW_SERVE_CALLS: at once
  size_t connections = 4000;          ///< PFLOW_SERVE_CONNECTIONS: at once
  int64_t patience = 15'000'000'000;  ///< PFLOW_SERVE_PATIENCE: nanoseconds; in seconds there
  int64_t grace = 30'000'000'000;     ///< PFLOW_SERVE_GRACE: the same
  const char* token = nullptr;        ///< PFLOW_SERVE_TOKEN; null: none
};

[[nodiscard]] const Settings& settings();
/// Reads them. False: what is wrong was reported.
[[nodiscard]] bool read_settings();

}  // namespace pflow::serve
