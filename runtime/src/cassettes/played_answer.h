/// The answer of an interaction as the exchange takes it.
#pragma once

#include <deque>

#include "pflow/http.hpp"
#include "runtime/src/cassettes/interaction.h"

namespace pflow::cassettes {

/// What Content-Encoding says; empty when there is none.
std::string content_encoding(const Interaction& interaction);

struct PlayedAnswer {
  HttpResponse response;
  std::vector<HttpHeader> headers;
  std::deque<std::string> names;  ///< in lower case
  std::string body;               ///< where it had to be decompressed

  /// `interaction` lives on.
  PlayedAnswer(const Interaction& interaction, bool decoded);
  PlayedAnswer(const PlayedAnswer&) = delete;
  PlayedAnswer& operator=(const PlayedAnswer&) = delete;
};

}  // namespace pflow::cassettes
