/// One question to a model, whatever its provider's API.
#pragma once

#include <stdint.h>

#include <optional>
#include <string>
#include <string_view>

namespace pf_models {

struct ModelFacts;

/// The form of an answer that is to be JSON.
struct Shape {
  std::string schema;      ///< JSON schema; empty: any text
  bool strict = false;     ///< every object says all its members
  bool recursive = false;  ///< a type holds itself
};

struct ModelRequest {
  std::string_view model;             ///< as the provider calls it
  const ModelFacts* facts = nullptr;  ///< what it takes
  std::optional<std::string_view> system;
  std::string_view prompt;  ///< the final user message
  std::optional<double> temperature;
  std::optional<int64_t> max_tokens;
  Shape shape;
};

/// The system text with the shape of the answer, for a model that is held to none.
std::string system_with_shape(const ModelRequest& request);

}  // namespace pf_models
