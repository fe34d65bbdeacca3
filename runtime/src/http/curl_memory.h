/// The blocks of libcurl. A request takes and gives back hundreds of small ones while thousands of
/// other requests have theirs; malloc has seven of a size at hand and joins what else is given back
/// with its neighbours, which takes a sixth of the time of a request. Here they stay at hand.
#pragma once

#include <curl/curl.h>

namespace pflow {

/// As curl_global_init. To be called by the thread that makes the requests: for others, those that
/// look up names, blocks are malloc's.
CURLcode start_curl_with_memory();

}  // namespace pflow
