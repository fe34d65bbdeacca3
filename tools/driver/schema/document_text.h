/// A text that is JSON or YAML, as a value.
#pragma once

#include <boost/json/value.hpp>
#include <string_view>

#include "support/result.h"

namespace pflow::schema {

/// What begins as a JSON object is read as one, anything else as YAML, whose plain scalars have
/// the types of YAML 1.2: `yes` and `2024-01-01` are texts. The message of a failure goes on
/// behind the name of the file: `line 3: …`.
[[nodiscard]] Result<boost::json::value> read_document_text(std::string_view text);

}  // namespace pflow::schema
