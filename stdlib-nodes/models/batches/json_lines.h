/// Results as lines of JSON.
#pragma once

#include <algorithm>
#include <boost/json.hpp>
#include <string_view>

#include "stdlib-nodes/models/surrogates.h"

namespace pf_models {

/// Calls `take(const boost::json::value&)` for each line that is JSON.
template <typename Take>
void for_each_json_line(std::string_view lines, Take&& take) {
  while (!lines.empty()) {
    const size_t end = std::min(lines.find('\n'), lines.size());
    boost::system::error_code error;
    const boost::json::value line =
        boost::json::parse(with_whole_pairs(lines.substr(0, end)), error);
    if (!error) take(line);
    lines.remove_prefix(std::min(end + 1, lines.size()));
  }
}

}  // namespace pf_models
