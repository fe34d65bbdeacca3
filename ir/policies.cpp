#include "ir/policies.h"

#include <algorithm>
#include <array>

namespace pflow::ir {

namespace {

constexpr auto kPolicies = std::to_array<PolicyInfo>({
#define PFLOW_POLICY(Name, NAME, word, value, scope, flags, expects) \
  {Policy::Name, #word, PolicyValue::value, PolicyScope::scope, flags, true, expects},
#define PFLOW_LANGUAGE_POLICY(Name, word, value, scope, expects) \
  {Policy::Name, #word, PolicyValue::value, PolicyScope::scope, 0, false, expects},
#include "ir/policies.def"
});

}  // namespace

std::span<const PolicyInfo> all_policies() { return kPolicies; }

const PolicyInfo& policy_info(Policy policy) { return kPolicies[static_cast<size_t>(policy)]; }

const PolicyInfo* find_policy(std::string_view word) {
  for (const PolicyInfo& known : kPolicies)
    if (known.word == word && known.scope != PolicyScope::Skipping) return &known;
  return nullptr;
}

const PolicyInfo* find_skip_bound(std::string_view word) {
  for (const PolicyInfo& known : kPolicies)
    if (known.scope == PolicyScope::Skipping && known.inner_word() == word) return &known;
  return nullptr;
}

std::optional<size_t> find_doubt(std::string_view word) {
  const auto* found = std::ranges::find(kDoubts, word);
  if (found == kDoubts.end()) return std::nullopt;
  return static_cast<size_t>(found - kDoubts.begin());
}

TypeId policy_type(TypeTable& types, Policy policy) {
  switch (policy_info(policy).value) {
    case PolicyValue::Count:
    case PolicyValue::Doubt:
    case PolicyValue::Number: return types.int_;
    case PolicyValue::Factor:
    case PolicyValue::Positive:
    case PolicyValue::Share: return types.float_;
    case PolicyValue::Duration:
    case PolicyValue::Lifetime: return types.duration;
    case PolicyValue::Switch: return types.bool_;
    case PolicyValue::Kinds: return types.list(types.str);
    case PolicyValue::Reaction:
    case PolicyValue::Result:
    case PolicyValue::Bound: break;
  }
  return {};
}

}  // namespace pflow::ir
