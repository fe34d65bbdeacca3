/// The proxies that the environment names.
#pragma once

namespace pflow {

/// Null, or why no request to `url` can go through the proxy that is set for it: a text to
/// stand in an error, valid until the next call.
const char* proxy_problem(const char* url);

}  // namespace pflow
