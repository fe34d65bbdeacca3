#include "echo_vector.h"

#include <cmath>
#include <cstdint>

namespace pf_models {
namespace {

constexpr uint64_t kBasis = 0xcbf29ce484222325, kPrime = 0x100000001b3;  // FNV-1a

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c; }

bool is_part(char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || (c & 0x80); }

}  // namespace

std::vector<double> echo_vector(std::string_view text, size_t dimensions) {
  std::vector<double> made(dimensions);
  uint64_t hash = kBasis;
  auto end_word = [&] {
    if (hash != kBasis) made[(hash ^ hash >> 32) % dimensions] += 1;
    hash = kBasis;
  };
  for (char given : text) {
    char c = lower(given);
    if (is_part(c))
      hash = (hash ^ static_cast<unsigned char>(c)) * kPrime;
    else
      end_word();
  }
  end_word();
  double square = 0;
  for (double count : made) square += count * count;
  if (square == 0) made[0] = square = 1;
  for (double& count : made) count /= std::sqrt(square);
  return made;
}

}  // namespace pf_models
