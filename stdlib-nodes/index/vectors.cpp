#include "vectors.h"

#include <bit>
#include <cmath>
#include <cstring>

namespace pf_index {
namespace {

static_assert(std::endian::native == std::endian::little, "blobs are read as they lie");

/// Eight numbers that are worked on at once, on every machine that has vectors of some size.
using Eight = float __attribute__((vector_size(32)));
constexpr size_t kWidth = 8;

Eight load(const float* from) {
  Eight loaded;
  std::memcpy(&loaded, from, sizeof loaded);
  return loaded;
}

float sum(const Eight& parts) {
  return ((parts[0] + parts[1]) + (parts[2] + parts[3])) +
         ((parts[4] + parts[5]) + (parts[6] + parts[7]));
}

}  // namespace

float dot(const float* a, const float* b, size_t count) {
  Eight even = {}, odd = {};
  size_t at = 0;
  for (; at + 2 * kWidth <= count; at += 2 * kWidth) {
    even += load(a + at) * load(b + at);
    odd += load(a + at + kWidth) * load(b + at + kWidth);
  }
  float total = sum(even + odd);
  for (; at < count; ++at) total += a[at] * b[at];
  return total;
}

float length(const float* vector, size_t count) { return std::sqrt(dot(vector, vector, count)); }

float cosine(const float* a, float a_length, const float* b, size_t count) {
  Eight products = {}, squares = {};
  size_t at = 0;
  for (; at + kWidth <= count; at += kWidth) {
    Eight other = load(b + at);
    products += load(a + at) * other;
    squares += other * other;
  }
  float product = sum(products), square = sum(squares);
  for (; at < count; ++at) {
    product += a[at] * b[at];
    square += b[at] * b[at];
  }
  float lengths = a_length * std::sqrt(square);
  return lengths > 0 ? product / lengths : 0;
}

std::string vector_problem(const std::vector<float>& vector) {
  if (vector.empty()) return "is empty";
  for (size_t i = 0; i < vector.size(); ++i)
    if (!std::isfinite(vector[i])) return "holds no number of 32 bits at " + std::to_string(i);
  float size = length(vector.data(), vector.size());
  if (size == 0) return "is all zeros, and has no direction";
  return std::isfinite(size) ? "" : "is too long: the square of its length is no number of 32 bits";
}

}  // namespace pf_index
