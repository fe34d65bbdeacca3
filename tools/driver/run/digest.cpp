#include "tools/driver/run/digest.h"

#include <pflow/sha256.hpp>

namespace pflow::run {

std::string digest(const std::vector<std::string_view>& texts) {
  Sha256 hash;
  for (std::string_view text : texts) {
    const uint64_t size = text.size();
    hash.add({reinterpret_cast<const char*>(&size), sizeof size});
    hash.add(text);
  }
  char hex[65];
  hash.finish(hex);
  return hex;
}

}  // namespace pflow::run
