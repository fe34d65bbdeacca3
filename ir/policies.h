/// Which policies there are, and what they are given: policies.def.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

#include "ir/types.h"

namespace pflow::ir {

enum class Policy : uint8_t {
#define PFLOW_POLICY(Name, NAME, word, value, scope, flags, expects) Name,
#define PFLOW_LANGUAGE_POLICY(Name, word, value, scope, expects) Name,
#include "ir/policies.def"
};

/// What may stand for a policy.
enum class PolicyValue : uint8_t {
  Count,     ///< int, 0 or more
  Number,    ///< int, 1 or more
  Factor,    ///< float, 1 or more
  Positive,  ///< float above 0
  Share,     ///< float, 0 to 1
  Duration,
  Switch,    ///< bool
  Kinds,     ///< [str]: kinds of errors
  Lifetime,  ///< duration; INT64_MAX: for ever. In programs also a bool
  Doubt,     ///< one of kDoubts; its index at run time
  Reaction,  ///< `stop`, `skip` or `skip(…)`
  Result,    ///< an expression or an effectful call
  Bound,     ///< an int, 1 or more, at each visit
};

/// What becomes of a call of which a resumed run does not know whether it was done, in the order of
/// pf_policy.in_doubt.
inline constexpr std::array<std::string_view, 3> kDoubts = {"again", "fail", "ask"};

/// What a policy governs.
enum class PolicyScope : uint8_t {
  Stage,     ///< a stage; of `each` one item
  Whole,     ///< a stage; `each` as a whole
  Each,      ///< `each` alone, as a whole
  Skipping,  ///< `each` alone: `skip_max` is `max` in `on_error: skip(…)`
  Repeated,  ///< what control comes back to: `repeat`, and the target of a jump
};

enum PolicyFlags : uint8_t {
  NeedsRetries = 1,  ///< says how `retries` goes on
  TakesTime = 2,     ///< may wait, also when nothing that it governs does
};

/// The index in kDoubts.
[[nodiscard]] std::optional<size_t> find_doubt(std::string_view word);

/// One row of policies.def.
struct PolicyInfo {
  Policy policy;
  std::string_view word;
  PolicyValue value;
  PolicyScope scope;
  uint8_t flags;
  bool at_run_time;  ///< its value is an operand
  std::string_view expects;

  [[nodiscard]] bool needs_retries() const { return (flags & NeedsRetries) != 0; }
  [[nodiscard]] bool takes_time() const { return (flags & TakesTime) != 0; }
  /// Of a bound of `skip(…)`, what it is called there.
  [[nodiscard]] std::string_view inner_word() const { return word.substr(word.find('_') + 1); }
  /// Whether an `each` has it once, and not once an item.
  [[nodiscard]] bool is_of_whole() const { return scope != PolicyScope::Stage; }
};

/// In the order of the table.
[[nodiscard]] std::span<const PolicyInfo> all_policies();
[[nodiscard]] const PolicyInfo& policy_info(Policy policy);
/// Null for an unknown name, and for what stands in `skip(…)`.
[[nodiscard]] const PolicyInfo* find_policy(std::string_view word);
/// What is called so in `skip(…)`, or null.
[[nodiscard]] const PolicyInfo* find_skip_bound(std::string_view word);
/// The type of its operand; none when it has no part in running.
[[nodiscard]] TypeId policy_type(TypeTable& types, Policy policy);

}  // namespace pflow::ir
