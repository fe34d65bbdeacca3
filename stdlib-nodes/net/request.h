/// What the nodes of this module have in common: the request as asked for, and the
/// failure or the parts of its response.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "pflow/http.hpp"
#include "pflow/map.hpp"

namespace pf_net {

/// Takes the body of an answer that is not to be collected. Made for one request, destroyed
/// with it.
class Sink {
 public:
  Sink() = default;
  Sink(const Sink&) = delete;
  Sink& operator=(const Sink&) = delete;
  virtual ~Sink() = default;
  /// Whether the body behind this head is wanted; else it is collected, for the error.
  virtual bool begin(const pflow::HttpResponse& head) = 0;
  /// False: the rest is not wanted.
  virtual bool take(std::string_view bytes) = 0;
  /// However it ended: `status` is PF_DONE, or PF_FAILED with the failure in `call`. Returns the
  /// status of the call; PF_PENDING when it has started another request.
  virtual pf_status end(pf_call* call, void* out, const pflow::HttpResponse& response,
                        pf_status status) = 0;
};

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
  bool json_errors = false;       ///< `error.data.body` of an answer that is JSON is its value
  size_t most = size_t{1} << 30;  ///< bytes of the answer
  std::vector<pflow::HttpHeader> own_headers{};  ///< beside those of the call
  /// What is not to be shown beside what the headers hold, each of some length.
  std::vector<std::string> secrets{};
  Sink* sink = nullptr;  ///< taken over; instead of `done`
};

/// Starts the request of a call, which `done` completes. Fails the call when the
/// request cannot be made.
using Done = pf_status (*)(pf_call* call, void* out, const pflow::HttpResponse& response);
pf_status start(pf_call* call, const Request& request, void* out, const void* in, Done done);

/// The URL with what `query` adds, before a fragment.
std::string full_url(const Request& request);

/// The `in` of the call that `done` completes.
const void* input(const pf_call* call);

/// The body as a `str`; fails the call when it is none.
pf_status take_text(pf_call* call, const pflow::HttpResponse& response, pf_str* out);

/// The headers as map<str>.
pf_list header_map(const pflow::HttpResponse& response);

}  // namespace pf_net
