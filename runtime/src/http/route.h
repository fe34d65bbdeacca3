/// Which way a request goes: straight or through a proxy, and by which certificates the other
/// end is known.
#pragma once

#include <curl/curl.h>
#include <stdint.h>

#include "pflow/abi.h"
#include "runtime/src/http/proxy.h"

namespace pflow {

struct Route {
  bool secure = false;
  Proxy proxy;
  uint64_t origin = 0;  ///< see `origin_of`
};

/// Null, and the way to the address; or why there is none: a text to stand in an error, valid
/// until the next call, and its kind.
const char* find_route(const char* url, Route& route, pf_error_kind& kind);

/// Tells the handle of it.
void set_route(CURL* easy, const Route& route);

/// Whether the request may share a connection, over HTTP/2, or has one of its own.
void set_sharing(CURL* easy, bool shares);

}  // namespace pflow
