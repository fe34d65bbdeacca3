/// What an answer to a failed request says, as errors may show it.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "pflow/http.hpp"

namespace pf_net {

/// What stands in the headers of a request that may be secret.
std::vector<std::string> secrets_in(const std::vector<pflow::HttpHeader>& headers);

/// The first 64 KiB of the body, secrets blotted out; empty when it is no text.
std::string said_text(const pflow::HttpResponse& response, const std::vector<std::string>& secrets);

/// The beginning of that text in a few lines; of a body that is no text its type and size.
std::string excerpt(std::string_view text, const pflow::HttpResponse& response);

}  // namespace pf_net
