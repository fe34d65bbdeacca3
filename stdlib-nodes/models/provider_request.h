/// A question to a provider as a request over HTTP.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "pflow/http.hpp"

namespace pf_models {

struct Provider;

/// One request and the texts in it; `body` outlives it.
class ProviderRequest {
 public:
  /// `path` behind the address of the provider; `key` may be empty. The texts are the caller's.
  ProviderRequest(const Provider& provider, std::string_view path, const std::string& key,
                  std::string_view body, std::string_view content_type = "application/json");
  ProviderRequest(const ProviderRequest&) = delete;
  ProviderRequest& operator=(const ProviderRequest&) = delete;

  pflow::HttpRequest request;

 private:
  void add(std::string_view name, std::string_view value);

  std::string url_;
  std::string bearer_;
  std::vector<pflow::HttpHeader> headers_;
};

}  // namespace pf_models
