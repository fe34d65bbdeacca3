#include "support/check.h"

#include <fmt/format.h>

namespace pflow {

void broken_invariant(const char* file, int line, const std::string& message) {
  throw BrokenInvariant(fmt::format("{}:{}: {}", file, line, message));
}

}  // namespace pflow
