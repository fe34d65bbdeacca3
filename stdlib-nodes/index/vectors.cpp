#include "vectors.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstring>

namespace pf_index {
namespace {

static_assert(std::endian::native == std::endian::little, "blobs are read as they lie");

/// Four numbers that are worked on at once, on every machine of the architectures that we have.
using Four = float __attribute__((vector_size(16)));
constexpr size_t kWidth = 4;

Four load(const float* from) {
  Four loaded;
  std::memcpy(&loaded, from, sizeof loaded);
  return loaded;
}

float sum(const Four& parts) { return (parts[0] + parts[1]) + (parts[2] + parts[3]); }

}  // namespace

float dot(const float* a, const float* b, size_t count) {
  Four even = {}, odd = {};
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
  Four products[2] = {}, squares[2] = {};
  size_t at = 0;
  for (; at + 2 * kWidth <= count; at += 2 * kWidth) {
    for (size_t half = 0; half < 2; ++half) {
      Four other = load(b + at + half * kWidth);
      products[half] += load(a + at + half * kWidth) * other;
      squares[half] += other * other;
    }
  }
  float product = sum(products[0] + products[1]), square = sum(squares[0] + squares[1]);
  for (; at < count; ++at) {
    product += a[at] * b[at];
    square += b[at] * b[at];
  }
  float lengths = a_length * std::sqrt(square);
  return lengths > 0 ? std::clamp(product / lengths, -1.0F, 1.0F) : 0;
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
