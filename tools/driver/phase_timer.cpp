#include "tools/driver/phase_timer.h"

#include <fmt/format.h>

namespace pflow {

std::string PhaseTimer::json() const {
  std::string text = "{";
  for (const auto& [phase, spent] : phases_) text += fmt::format("\"{}\":{:.3f},", phase, spent);
  return text + fmt::format("\"total\":{:.3f}}}\n", milliseconds(begun_));
}

}  // namespace pflow
