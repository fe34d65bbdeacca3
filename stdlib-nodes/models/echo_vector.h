/// The vectors of the built-in model `echo`.
#pragma once

#include <stddef.h>

#include <string_view>
#include <vector>

namespace pf_models {

inline constexpr size_t kEchoDimensions = 256;

/// Of length 1, the same for a text on every machine; texts that share words are near each other.
/// Words are what letters and digits make, without regard to ASCII's capitals.
std::vector<double> echo_vector(std::string_view text, size_t dimensions);

}  // namespace pf_models
