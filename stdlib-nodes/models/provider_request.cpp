#include "provider_request.h"

#include "stdlib-nodes/models/choice/provider.h"

namespace pf_models {

ProviderRequest::ProviderRequest(const Provider& provider, std::string_view path,
                                 const std::string& key, std::string_view body,
                                 std::string_view content_type)
    : url_(request_url(provider, path)) {
  add("Content-Type", content_type);
  add("Accept", "application/json");
  if (provider.kind == ProviderName::Anthropic) add("anthropic-version", "2023-06-01");
  if (!key.empty() && provider.key_header.empty()) {
    bearer_ = "Bearer " + key;
    add("Authorization", bearer_);
  } else if (!key.empty()) {
    add(provider.key_header, key);
  }
  for (const ProviderHeader& header : provider.headers) add(header.name, header.value);
  request.method = "POST";
  request.url = pflow::literal(url_);
  request.headers = headers_.data();
  request.header_count = headers_.size();
  request.body = pflow::literal(body);
  request.has_body = true;
}

void ProviderRequest::add(std::string_view name, std::string_view value) {
  headers_.push_back({pflow::literal(name), pflow::literal(value)});
}

}  // namespace pf_models
