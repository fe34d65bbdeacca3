/// Which type a plain scalar has, by the way it looks (YAML 1.1, as PyYAML resolves it).
#pragma once

#include "pflow/yaml.hpp"

namespace pflow {

/// Dates are text; so is what only looks like a number to YAML 1.2, as `1e3`.
[[nodiscard]] YamlKind type_of_plain(std::string_view text);
/// Whether `text` may stand behind the tag of `kind`, as `!!int 12`.
[[nodiscard]] bool fits(std::string_view text, YamlKind kind);

}  // namespace pflow
