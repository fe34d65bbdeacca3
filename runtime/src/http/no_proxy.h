/// The hosts that are asked without a proxy.
#pragma once

namespace pflow {

/// Whether `list`, which is that of `no_proxy`, holds the host: names with all below them,
/// addresses, networks as `10.0.0.0/8`, or `*`; commas or blanks between.
[[nodiscard]] bool is_without_proxy(const char* host, const char* list);

}  // namespace pflow
