#include "frontend/json_schema/uses.h"

#include <set>

#include "frontend/json_schema/reference.h"

namespace pflow::json_schema {

namespace json = boost::json;

namespace {

bool is_true(const json::value& schema, std::string_view member) {
  const json::object* object = schema.if_object();
  const json::value* found = object != nullptr ? object->if_contains(member) : nullptr;
  return found != nullptr && found->is_bool() && found->get_bool();
}

/// Calls `found` with each object in the value.
template <typename Found>
void walk(const json::value& value, const Found& found) {
  if (const json::object* object = value.if_object()) {
    found(value);
    for (const auto& [key, member] : *object) walk(member, found);
  } else if (const json::array* array = value.if_array()) {
    for (const json::value& item : *array) walk(item, found);
  }
}

}  // namespace

bool is_used(const json::value& property, Use use) {
  return !(use == Use::Sent && is_true(property, "readOnly")) &&
         !(use == Use::Received && is_true(property, "writeOnly"));
}

const Uses::Direct& Uses::direct(const std::string& reference) {
  auto [known, fresh] = direct_.try_emplace(reference);
  const json::value* found = fresh ? target(document_, reference) : nullptr;
  if (found != nullptr)
    walk(*found, [&made = known->second](const json::value& value) {
      made.differs = made.differs || is_true(value, "readOnly") || is_true(value, "writeOnly");
      if (const std::string_view to = reference_of(value.get_object()); !to.empty())
        made.references.emplace_back(to);
    });
  return known->second;
}

bool Uses::differ(std::string_view reference) {
  if (auto known = known_.find(reference); known != known_.end()) return known->second;
  std::set<std::string> seen;
  std::vector<std::string> open{std::string(reference)};
  while (!open.empty()) {
    const std::string next = std::move(open.back());
    open.pop_back();
    if (!seen.insert(next).second) continue;
    auto known = known_.find(next);
    if (known != known_.end() && !known->second) continue;
    const Direct& made = direct(next);
    if (made.differs || known != known_.end()) return known_[std::string(reference)] = true;
    open.insert(open.end(), made.references.begin(), made.references.end());
  }
  for (const std::string& each : seen) known_[each] = false;
  return false;
}

}  // namespace pflow::json_schema
