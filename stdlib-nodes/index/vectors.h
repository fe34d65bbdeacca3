/// Vectors as an index keeps them: 32-bit floats, little-endian.
#pragma once

#include <stddef.h>

#include <string>
#include <vector>

namespace pf_index {

/// The scalar product, of any alignment.
float dot(const float* a, const float* b, size_t count);

/// The cosine of the angle between two vectors, the length of the first being known; 0 where the
/// second has none.
float cosine(const float* a, float a_length, const float* b, size_t count);

float length(const float* vector, size_t count);

/// What is wrong with a vector that is to have a direction; empty when nothing is.
std::string vector_problem(const std::vector<float>& vector);

}  // namespace pf_index
