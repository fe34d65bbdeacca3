#include "drift.h"

#include <algorithm>
#include <vector>

#include "members.h"

namespace pf_mcp {
namespace {

/// Members of a schema that say nothing of which values fit. A property may have such a name, too:
/// of `properties` and its like all members count.
constexpr std::string_view kNotes[] = {"title",   "description", "examples",  "$comment",
                                       "$schema", "default",     "deprecated"};
constexpr std::string_view kNamed[] = {"properties", "$defs", "definitions", "patternProperties",
                                       "dependentSchemas"};

template <size_t Count>
bool is_one_of(std::string_view name, const std::string_view (&names)[Count]) {
  return std::ranges::find(names, name) != std::end(names);
}

/// The schema without notes, its members in order of their names: what is alike is the same text.
std::string essence(const pf_json& schema, bool is_named = false) {
  if (schema.kind == PF_JSON_ARRAY) {
    std::string text = "[";
    for (const pf_json& item : items(&schema)) text += essence(item) + ',';
    return text + ']';
  }
  if (schema.kind != PF_JSON_OBJECT) return json_of(schema);
  std::vector<const Member*> sorted;
  for (const Member& each : members(&schema))
    if (is_named || !is_one_of(pflow::view(each.key), kNotes)) sorted.push_back(&each);
  std::ranges::sort(sorted, {}, [](const Member* each) { return pflow::view(each->key); });
  std::string text = "{";
  for (const Member* each : sorted)
    text += quoted(pflow::view(each->key)) + ':' +
            essence(each->value, !is_named && is_one_of(pflow::view(each->key), kNamed)) + ',';
  return text + '}';
}

bool is_same(const pf_json* a, const pf_json* b) {
  if (a == nullptr || b == nullptr) return a == b;
  return essence(*a) == essence(*b);
}

bool requires_it(const pf_json* schema, std::string_view name) {
  for (const pf_json& each : items(member(schema, "required")))
    if (text_of(&each) == name) return true;
  return false;
}

/// The port that an argument of this name is; its own name where none is called otherwise.
std::string_view port_of(const pf_json& locked, std::string_view argument) {
  for (const Member& each : members(member(&locked, "ports")))
    if (text_of(&each.value) == argument) return pflow::view(each.key);
  return argument;
}

/// What has changed in one schema of an object; `what` is `port` or `output`.
std::string changed_member(const pf_json& locked, const pf_json* before, const pf_json* after,
                           const std::string& what) {
  const pf_json* old = member(before, "properties");
  const pf_json* now = member(after, "properties");
  for (const Member& each : members(old)) {
    const std::string name(pflow::view(each.key));
    const std::string shown = "the " + what + " `" + std::string(port_of(locked, name)) + '`';
    const pf_json* found = member(now, name);
    if (found == nullptr) return shown + " is gone";
    if (!is_same(&each.value, found))
      return shown + " was " + essence(each.value) + " and is " + essence(*found);
    if (requires_it(before, name) != requires_it(after, name))
      return shown + (requires_it(after, name) ? " must be given now" : " may be left out now");
  }
  for (const Member& each : members(now))
    if (member(old, pflow::view(each.key)) == nullptr && requires_it(after, pflow::view(each.key)))
      return "there is a new " + what + " `" + std::string(pflow::view(each.key)) +
             "`, which must be given";
  return {};
}

}  // namespace

std::string drift(const pf_json& locked, const pf_json& offered) {
  const pf_json* before = member(&locked, "inputSchema");
  const pf_json* after = member(&offered, "inputSchema");
  std::string changed = changed_member(locked, before, after, "port");
  if (!changed.empty()) return changed;
  for (std::string_view shared : {"$defs", "definitions"})
    if (!is_same(member(before, shared), member(after, shared)))
      return "the types of its ports (`" + std::string(shared) + "`) have changed";
  const pf_json* gave = member(&locked, "outputSchema");
  const pf_json* gives = member(&offered, "outputSchema");
  if (is_same(gave, gives)) return {};
  if (gives == nullptr) return "its output has no type any more";
  if (gave == nullptr) return {};  // text, as before
  changed = changed_member(locked, gave, gives, "output");
  const bool has_members = member(gave, "properties") != nullptr;  // more of them fit as well
  return changed.empty() && !has_members ? "the type of its output has changed" : changed;
}

}  // namespace pf_mcp
