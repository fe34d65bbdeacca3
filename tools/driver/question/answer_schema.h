/// The short form of a schema on command lines: `name, age int: in years`.
#pragma once

#include <string>
#include <string_view>

#include "support/result.h"

namespace pflow::question {

/// The declaration of the schema `Answer`. Fields are separated by commas, or where there are
/// several lines by these; each is a name, a type (else it is `str`), and behind `:` what it means.
[[nodiscard]] Result<std::string> answer_schema(std::string_view fields);

}  // namespace pflow::question
