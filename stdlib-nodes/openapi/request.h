/// What a request to an API is made of.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "body.h"
#include "plan.h"
#include "security.h"
#include "stdlib-nodes/net/request.h"

namespace pf_openapi {

struct Request {
  std::string url;
  Credentials credentials;
  std::string cookies;
  std::vector<std::pair<std::string, std::string>> headers;
  Body body;
};

/// That of a call; PF_FAILED when one of its ports cannot stand in one, or a key lacks.
pf_status make_request(pf_call* call, const Plan& plan, const Ports& ports, Request* out);

/// Its form for `pf_net::start`, to this address with the keys; it refers to `request` and to
/// `url`, which gets those that stand there.
pf_net::Request net_request(const Plan& plan, const Request& request, std::string& url);

}  // namespace pf_openapi
