#include "runtime/src/restate/entries.h"

#include <algorithm>
#include <utility>

namespace pflow::restate {

Entry* Entries::find(std::string_view name) {
  const auto found = by_name_.find(std::string(name));
  return found == by_name_.end() ? nullptr : &found->second;
}

Entry& Entries::make(std::string_view name) { return add(name, last_ + 1); }

void Entries::recall(const Command& command) { add(command.name, command.completion); }

Entry& Entries::add(std::string_view name, uint32_t completion) {
  Entry& entry = by_name_[std::string(name)];
  entry = {completion, false, {}, nullptr, nullptr};
  by_completion_[completion] = &entry;
  last_ = std::max(last_, completion);
  return entry;
}

void Entries::complete(uint32_t completion, std::string value) {
  const auto found = by_completion_.find(completion);
  if (found == by_completion_.end()) return;
  Entry& entry = *found->second;
  entry.is_known = true;
  entry.value = std::move(value);
  if (pf_call* call = std::exchange(entry.waits, nullptr)) entry.came(*call);
}

std::vector<uint32_t> Entries::awaited() const {
  std::vector<uint32_t> all;
  for (const auto& [completion, entry] : by_completion_)
    if (entry->waits) all.push_back(completion);
  return all;
}

}  // namespace pflow::restate
