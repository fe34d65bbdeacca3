/// What models cost: prices.json in PFLOW_HOME, then prices.def.
#pragma once

#include <stdint.h>

#include <optional>
#include <string>
#include <string_view>

namespace pf_models {

/// US dollars per million tokens.
struct Price {
  double input, cached, written, output;
};

/// Of a request with so many input tokens to this model of a provider; none when nobody knows it.
std::optional<Price> price_of(std::string_view provider, const std::string& id,
                              int64_t input_tokens);

/// Whether prices.json can be read; what is wrong with it has been reported.
bool prices_are_good();

}  // namespace pf_models
