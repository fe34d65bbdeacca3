#include "runtime/src/serve/settings.h"

#include <stdlib.h>

#include <charconv>
#include <string_view>

#include "pflow/abi.h"

namespace pflow::serve {
namespace {

Settings g_settings;

const char* variable(const char* name) {
  const char* value = getenv(name);
  return value && *value ? value : nullptr;
}

/// A whole number above 0; what is not set stays as it is.
template <typename Number>
bool read(const char* name, Number& out, Number unit) {
  constexpr int64_t kMost = int64_t{1} << 33;
  const char* value = variable(name);
  if (!value) return true;
  const std::string_view text = value;
  int64_t number = 0;
  auto [end, failed] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (failed == std::errc() && end == text.data() + text.size() && number > 0 && number <= kMost) {
    out = static_cast<Number>(number) * unit;
    return true;
  }
  pf_config_error(nullptr, "write a whole number above 0", "`%s` is no such number: `%s`", name,
                  value);
  return false;
}

}  // namespace

const Settings& settings() { return g_settings; }

bool read_settings() {
  constexpr int64_t kSecond = 1'000'000'000;
  g_settings.token = variable("PFLOW_SERVE_TOKEN");
  return read("PFLOW_SERVE_BODY", g_settings.body, size_t{1}) &&
         read("PFLOW_SERVE_CALLS", g_settings.calls, size_t{1}) &&
         read("PFLOW_SERVE_CONNECTIONS", g_settings.connections, size_t{1}) &&
         read("PFLOW_SERVE_PATIENCE", g_settings.patience, kSecond) &&
         read("PFLOW_SERVE_GRACE", g_settings.grace, kSecond);
}

}  // namespace pflow::serve
