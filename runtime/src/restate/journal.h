/// An invocation as its steps see it: what the server knows of it, and what goes there.
#pragma once

#include <string>
#include <string_view>

#include "runtime/src/journal/step_key.h"
#include "runtime/src/restate/entries.h"

namespace pflow::restate {

class Awakeables;

class Journal {
 public:
  virtual ~Journal() = default;

  [[nodiscard]] Entries& entries() { return entries_; }
  [[nodiscard]] rt::StepKeys& keys() { return keys_; }
  [[nodiscard]] const Start& start() const { return start_; }
  [[nodiscard]] virtual Awakeables& awakeables() = 0;

  virtual void send(const std::string& message) = 0;
  /// A step is carried out here, or no longer.
  virtual void step_runs(bool runs) = 0;
  /// This attempt ends, and another one is made: what is there does not fit the program.
  virtual void give_up(uint32_t code, std::string_view message, std::string_view command) = 0;

 protected:
  Start start_{};
  Entries entries_;
  rt::StepKeys keys_;
};

}  // namespace pflow::restate
