/// How long each phase took, for --time.
#pragma once

#include <chrono>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace pflow {

class PhaseTimer {
 public:
  /// Ends the running phase and starts the next one.
  void start(std::string_view phase) {
    stop();
    running_ = phase;
    since_ = Clock::now();
  }

  void stop() {
    if (running_.empty()) return;
    phases_.emplace_back(running_, milliseconds(since_));
    running_ = {};
  }

  /// `{"read":0.012,…,"total":3.4}` on one line.
  [[nodiscard]] std::string json() const;

 private:
  using Clock = std::chrono::steady_clock;
  static double milliseconds(Clock::time_point since) {
    return std::chrono::duration<double, std::milli>(Clock::now() - since).count();
  }

  Clock::time_point begun_ = Clock::now();
  Clock::time_point since_;
  std::string_view running_;
  std::vector<std::pair<std::string_view, double>> phases_;
};

}  // namespace pflow
