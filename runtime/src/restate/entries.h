/// What a Restate server knows of an invocation: its journal. Commands are found by their names,
/// never by their order, so that what runs at once may come in another order the next time.
#pragma once

#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "pflow/abi.h"
#include "runtime/src/restate/messages.h"

namespace pflow::restate {

/// Behind the name of a step: the command that tells what the step waits for.
constexpr const char* kAwakeable = " awakeable";

struct Entry {
  uint32_t completion;          ///< its number
  bool is_known;                ///< what it gives is …
  std::string value;            ///< … this
  pf_call* waits;               ///< until it is known; null: none does
  void (*came)(pf_call& call);  ///< … and then hears of it
};

class Entries {
 public:
  Entries() = default;
  Entries(const Entries&) = delete;
  Entries& operator=(const Entries&) = delete;

  // Both live as long as this.

  /// Null: there is none of that name.
  [[nodiscard]] Entry* find(std::string_view name);
  /// A new one, with a number of its own.
  Entry& make(std::string_view name);

  /// One that was made in an attempt before.
  void recall(const Command& command);
  /// What an entry gives is known now, and who waits hears of it.
  void complete(uint32_t completion, std::string value);
  /// `take(name, value)` of each whose value is known.
  template <typename Take>
  void each_known(Take take) const {
    for (const auto& [name, entry] : by_name_)
      if (entry.is_known) take(std::string_view(name), std::string_view(entry.value));
  }

  /// What calls wait for.
  [[nodiscard]] std::vector<uint32_t> awaited() const;

 private:
  Entry& add(std::string_view name, uint32_t completion);

  std::unordered_map<std::string, Entry> by_name_;
  std::unordered_map<uint32_t, Entry*> by_completion_;
  uint32_t last_ = 0;
};

}  // namespace pflow::restate
