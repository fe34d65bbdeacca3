/// A flow that does a part of what a command does: another pflowc, run to its end.
#pragma once

#include <string>
#include <vector>

#include "support/result.h"

namespace pflow::run {

/// What it prints, started with these words. The failure is the words of its first error, with its
/// help on a line of its own.
[[nodiscard]] Result<std::string> output_of(const std::vector<std::string>& words);

}  // namespace pflow::run
