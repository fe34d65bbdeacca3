/// Which version of HTTP a server speaks over TLS, as far as it is known.
#pragma once

#include <curl/curl.h>
#include <stdint.h>

#include "runtime/src/http/address.h"

namespace pflow {

/// Stands for scheme, host and port; 0 without TLS, where it is HTTP/1.1 always.
[[nodiscard]] uint64_t origin_of(const Address& address);

/// Whether requests to this origin may share a connection, for all that is known.
[[nodiscard]] bool may_share(uint64_t origin);

/// Learns it from a connection that has just been made.
void learn_version(CURL* easy, uint64_t origin);

/// How many origins are known to speak HTTP/1.1 alone.
[[nodiscard]] size_t unshared_origins();

}  // namespace pflow
