/// What could stand at a place, in words.
#pragma once

#include <string>

#include "frontend/parse/statement_parser.h"

namespace pflow::parse {

/// "a name or `)`"; empty when the set says nothing useful.
[[nodiscard]] std::string describe_expected(const antlr4::misc::IntervalSet& expected);

}  // namespace pflow::parse
