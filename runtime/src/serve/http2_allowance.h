/// How many frames a client may send that ask for nothing, or that break the rules.
#pragma once

#include <algorithm>
#include <cstdint>

namespace pflow::serve {

class Http2Allowance {
 public:
  explicit Http2Allowance(uint64_t now) : at_(now) {}

  /// For one frame, at `now` milliseconds. False: there were too many.
  [[nodiscard]] bool spend(uint64_t now) {
    earn(static_cast<double>(now - at_) * kASecond / 1000);
    at_ = now;
    left_ -= 1;
    return left_ >= 0;
  }
  /// What is of use gives rise to such frames: settings, priorities, room for what is sent.
  void earn(double frames) { left_ = std::min(left_ + frames, kMost); }

  static constexpr double kOfAnswer = 8;
  static constexpr double kOfData = 2;

 private:
  static constexpr double kMost = 1000;
  static constexpr double kASecond = 33;
  double left_ = kMost;
  uint64_t at_;
};

}  // namespace pflow::serve
