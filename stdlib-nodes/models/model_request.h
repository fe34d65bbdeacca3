/// One question to a model, whatever its provider's API.
#pragma once

#include <stdint.h>

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "message.h"
#include "stdlib-nodes/models/choice/model_options.h"

namespace pf_models {

struct ModelFacts;

/// The form of JSON that is asked for.
struct Shape {
  std::string schema;      ///< JSON schema; empty: any text
  bool strict = false;     ///< every object says all its members
  bool recursive = false;  ///< a type holds itself
  size_t unions = 0;       ///< places that may hold one of several: optionals and sums
};

/// What a model may ask for.
struct ToolSpec {
  std::string name;
  std::string doc;  ///< may be empty
  Shape arguments;  ///< an object
};

struct ModelRequest {
  std::string model;                  ///< as the provider calls it
  const ModelFacts* facts = nullptr;  ///< what it takes
  std::optional<std::string> system;
  std::vector<Message> messages;  ///< the last one is to be answered
  std::vector<ToolSpec> tools;
  std::optional<double> temperature;
  std::optional<int64_t> max_tokens;
  std::vector<SetOption> options;
  Shape shape;
  bool streamed = false;  ///< the answer is to come in pieces
};

/// All that stands above the conversation, of APIs that know no messages of the role `system`:
/// the system text, then those messages.
std::string whole_system(const ModelRequest& request);

/// A system text with the shape of the answer, for a model that is held to none.
[[nodiscard]] std::string with_shape(std::string system, const Shape& shape);

}  // namespace pf_models
