/// Names of models that a misspelled one may have meant.
#pragma once

#include <string>
#include <string_view>

namespace pf_models {

/// "did you mean `gpt-6-sol`, of OpenAI's"; empty when no name is near.
std::string nearest_models(std::string_view name);

}  // namespace pf_models
