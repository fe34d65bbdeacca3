/// Which way a request goes: straight or through a proxy, in which version of HTTP, and by
/// which certificates the other end is known.
#pragma once

#include "runtime/src/http/address.h"

namespace pflow {

/// Null, or what stands in the way to this address: a text to stand in an error, valid until
/// the next call.
const char* route_problem(const Address& address);

/// Tells the handle of a way in which nothing stands.
void set_route(CURL* easy, const Address& address);

/// Whether the request may share a connection, over HTTP/2, or has one of its own.
void set_sharing(CURL* easy, bool shares);

}  // namespace pflow
