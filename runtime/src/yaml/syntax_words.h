/// What libyaml finds wrong, in the words of those who write the file.
#pragma once

#include <yaml.h>

#include <string_view>

#include "pflow/yaml.hpp"

namespace pflow {

/// Of a parser that has stopped; `bytes` is what it was given.
YamlProblem syntax_problem(const yaml_parser_t& parser, std::string_view bytes);

}  // namespace pflow
