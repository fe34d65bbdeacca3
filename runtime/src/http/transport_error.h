/// Why no answer came, for people.
#pragma once

#include <curl/curl.h>

#include "pflow/abi.h"
#include "runtime/src/http/address.h"
#include "runtime/src/values/buffer.h"

namespace pflow {

struct TransportError {
  rt::Buffer text;  ///< to stand in an error
  rt::Buffer help;  ///< empty: none is known
  pf_error_kind kind = PF_E_NETWORK;
  bool once = false;  ///< another try meets the same
};

/// The status with which a proxy wants a user and password, and nobody else does.
constexpr int kProxyWantsLogin = 407;

/// How a request to `address` failed: libcurl ended it with `result` and its own text `said`,
/// which may be empty, or it was answered by the proxy. False: it did not fail.
bool tell_transport_error(CURL* easy, CURLcode result, const char* said, const Address& address,
                          TransportError& error);

}  // namespace pflow
