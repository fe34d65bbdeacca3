/// JSON of files: read with the line of a mistake, written so that changes can be read.
#pragma once

#include <boost/json/value.hpp>
#include <string>
#include <string_view>

#include "support/result.h"

namespace pflow::json_schema {

/// The message of a failure goes on behind the name of the file: `line 3: it is no JSON: …`.
[[nodiscard]] Result<boost::json::value> read_json(std::string_view text);

/// One value a line, where more than one would be a long line.
[[nodiscard]] std::string json_lines(const boost::json::value& value);

}  // namespace pflow::json_schema
