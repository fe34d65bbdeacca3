/// A URL in the parts by which requests are compared.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace pflow::cassettes {

/// Names and values of `a=1&b=2`, decoded; in their order.
using Pairs = std::vector<std::pair<std::string, std::string>>;
Pairs read_pairs(std::string_view text);

struct UrlParts {
  std::string
      origin;  ///< `https://host:port`: in lower case, without the port that goes without saying
  std::string path;  ///< at least `/`
  Pairs query;       ///< sorted
};
UrlParts url_parts(std::string_view url);

/// The URL without user, password and fragment, and without the pairs of its query that
/// `drops(name)`.
std::string shortened_url(std::string_view url, bool (*drops)(std::string_view name));
/// The same of pairs alone, as a form is sent.
std::string shortened_pairs(std::string_view pairs, bool (*drops)(std::string_view name));

}  // namespace pflow::cassettes
