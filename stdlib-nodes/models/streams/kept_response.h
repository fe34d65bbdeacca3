/// How a request has ended, for later than its callback.
#pragma once

#include <string>
#include <vector>

#include "pflow/http.hpp"

namespace pf_models {

class KeptResponse {
 public:
  explicit KeptResponse(const pflow::HttpResponse& response)
      : response_(response),
        error_(response.error ? response.error : ""),
        help_(response.help ? response.help : ""),
        body_(pflow::share(response.body)) {
    for (size_t i = 0; i < response.header_count; ++i) {
      texts_.emplace_back(pflow::text(pflow::view(response.headers[i].name)));
      texts_.emplace_back(pflow::text(pflow::view(response.headers[i].value)));
      headers_.push_back({texts_[2 * i].get(), texts_[2 * i + 1].get()});
    }
    if (response.error) response_.error = error_.c_str();
    if (response.help) response_.help = help_.c_str();
    response_.headers = headers_.data();
  }
  KeptResponse(const KeptResponse&) = delete;
  KeptResponse& operator=(const KeptResponse&) = delete;

  [[nodiscard]] const pflow::HttpResponse& get() const { return response_; }

 private:
  pflow::HttpResponse response_;
  std::string error_, help_;
  pflow::Text body_;
  std::vector<pflow::Text> texts_;
  std::vector<pflow::HttpHeader> headers_;
};

}  // namespace pf_models
