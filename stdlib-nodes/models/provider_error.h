/// What providers and the gateways before them say of a request that failed. They differ
/// in where they say it.
#pragma once

#include <boost/json/fwd.hpp>
#include <string>
#include <string_view>

#include "answer.h"

namespace pf_models {

/// Their words, wherever they stand in `body`, which is null when `text` is no JSON; else the
/// beginning of `text`.
std::string said_by(const boost::json::value* body, std::string_view text);

/// The failure of a request that was answered with this status; the rest as that of `said_by`.
AnswerResult failed_request(int status, const boost::json::value* body, std::string_view text);

/// The start of a text, on one line.
std::string excerpt(std::string_view text);

}  // namespace pf_models
