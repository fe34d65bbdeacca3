/// What `http` and `http_json` have in common: the request as asked for, and the
/// failure or the parts of its response.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "pflow/http.hpp"
#include "pflow/map.hpp"

namespace pf_net {

struct Request {
  pf_str url{};
  pf_str method{};
  pf_list headers{};  ///< a map
  pf_list query{};    ///< a map
  pf_str body{};      ///< sent when `has_body`
  bool has_body = false;
  const char* content_type = nullptr;  ///< unless the headers name one
  int64_t redirects = 10;
  bool check = true;
};

/// Starts the request of a call, which `done` completes. Fails the call when the
/// request cannot be made.
using Done = pf_status (*)(pf_call* call, void* out, const pflow::HttpResponse& response);
pf_status start(pf_call* call, const Request& request, void* out, const void* in, Done done);

/// The `in` of the call that `done` completes.
const void* input(const pf_call* call);

/// The headers as map<str>.
pf_list header_map(const pflow::HttpResponse& response);

}  // namespace pf_net
