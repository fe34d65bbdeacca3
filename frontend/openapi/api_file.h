/// The file `NAME.openapi.json` beside a program: where an API is, and its operations as they were
/// read (docs/openapi.md).
///
///   { "from": "petstore.yaml",
///     "api": { "url": "https://pets.example.com/v1", "security": { … } },
///     "operations": { "listPets": { "method": "GET", "path": "/pets", … } } }
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "support/result.h"

namespace pflow::openapi {

/// The ending of its name.
inline constexpr std::string_view kApiFile = ".openapi.json";

struct ApiFile {
  std::string api;  ///< the member `api`, as compact JSON
  std::vector<std::pair<std::string, std::string>> operations;  ///< by name, each as compact JSON
};

/// The message of a failure goes on behind the name of the file: `line 3: …`.
[[nodiscard]] Result<ApiFile> read_api_file(std::string_view text);

}  // namespace pflow::openapi
