// Lists, maps and records.
#include <algorithm>

#include "coercion.h"
#include "spelling.h"

namespace pf_models::lenient {

/// What an object has for a field.
struct Coercion::Field {
  const Member* member = nullptr;
  bool spelled = false;  ///< under a key in another spelling
};

namespace {

const Member* tag_of(const Member& member, std::string_view tag) {
  return !tag.empty() && (member.key == tag || folded(member.key) == folded(tag)) ? &member
                                                                                  : nullptr;
}

/// The field of that name, looked for from `expected` on, as objects mostly keep the order.
size_t find_field(const pf_type& record, std::string_view key, size_t expected) {
  for (size_t tried = 0, at = expected; tried < record.count; ++tried, ++at) {
    if (at >= record.count) at = 0;
    if (wire_name(record.fields[at]) == key) return at;
  }
  return record.count;
}

}  // namespace

bool has_others(const Node& node, const pf_type& record, std::string_view tag) {
  return std::ranges::any_of(node.members, [&](const Member& member) {
    if (tag_of(member, tag) || find_field(record, member.key, 0) < record.count) return false;
    std::string wanted = folded(member.key);
    for (uint32_t i = 0; i < record.count; ++i)
      if (folded(wire_name(record.fields[i])) == wanted) return false;
    return true;
  });
}

const Node* Coercion::nothing_left(const pf_type& type) {
  return fail(std::string("expected ") + type.name + ", found its beginning");
}

const Node* Coercion::list(const Node& node, const pf_type& type) {
  if (node.kind != NodeKind::List) return sole(node, type);
  Node* made = pool_.node(NodeKind::List);
  std::vector<Member> items;
  items.reserve(node.members.size());
  Step step = {step_, {}, 0};
  step_ = &step;
  for (const Member& item : node.members) {
    const Node* value = this->value(*item.value, *type.element);
    bool last = &item == &node.members.back();
    // What was cut off may be no whole item.
    if (!value && last && (node.cut || item.value->cut)) {
      ++made->left_out;
      made->effort = Effort::Guess;
      break;
    }
    if (!value) {
      step_ = step.outer;
      return nullptr;
    }
    made->effort = std::max(made->effort, value->effort);
    items.push_back({{}, value});
    ++step.index;
  }
  step_ = step.outer;
  if (items.empty() && node.cut) return nothing_left(type);
  made->members = pool_.keep(items);
  return made;
}

/// One value for a list; of an object with a list in it that list is meant.
const Node* Coercion::sole(const Node& node, const pf_type& type) {
  if (node.kind == NodeKind::Null) return expected(type, node);
  if (node.kind == NodeKind::Object) {
    bool lists = std::ranges::any_of(
        node.members, [](const Member& member) { return member.value->kind == NodeKind::List; });
    if (lists && (node.members.size() == 1 || !is_container(*type.element)))
      return expected(type, node);
  }
  if (const Node* parsed = node.kind == NodeKind::Text ? json_in_text(node, type) : nullptr)
    return parsed;
  const Node* item = value(node, *type.element);
  if (!item) return expected(type, node);
  Member only = {{}, item};
  Node* made = pool_.node(NodeKind::List);
  made->members = pool_.keep(std::span<const Member>(&only, 1));
  made->effort = item->effort;
  return with_change(*made, Change::Sole, Effort::Shape);
}

const Node* Coercion::map(const Node& node, const pf_type& type) {
  if (node.kind != NodeKind::Object) return expected(type, node);
  Node* made = pool_.node(NodeKind::Object);
  std::vector<Member> members;
  Step step = {step_, {}};
  step_ = &step;
  for (const Member& member : node.members) {
    step.key = member.key;
    const Node* value = this->value(*member.value, *type.element->fields[1].type);
    if (!value && node.cut && &member == &node.members.back()) {
      ++made->left_out;
      break;
    }
    if (!value) break;
    made->effort = std::max(made->effort, value->effort);
    members.push_back({member.key, value});
  }
  step_ = step.outer;
  if (members.size() + made->left_out != node.members.size()) return nullptr;
  if (members.empty() && node.cut) return nothing_left(type);
  made->members = pool_.keep(members);
  return made;
}

/// The members under the very names of the fields; false: one stands there twice.
bool Coercion::find_fields(const Node& node, const pf_type& type, std::string_view tag,
                           std::vector<Field>& fields) {
  bool others = false;
  size_t expected = 0;
  for (const Member& member : node.members) {
    size_t found = find_field(type, member.key, expected);
    if (found == type.count) {
      others = true;
      continue;
    }
    expected = found + 1;
    if (fields[found].member) {
      Step step = {step_, member.key};
      step_ = &step;
      fail("the key stands there twice");
      step_ = step.outer;
      return false;
    }
    fields[found].member = &member;
  }
  return !others || spelled_fields(node, type, tag, fields);
}

/// The members that have the name of a field in another spelling, where it is still missing.
bool Coercion::spelled_fields(const Node& node, const pf_type& type, std::string_view tag,
                              std::vector<Field>& fields) {
  std::vector<std::string> names;
  for (uint32_t i = 0; i < type.count; ++i) names.push_back(folded(wire_name(type.fields[i])));
  for (const Member& member : node.members) {
    if (tag_of(member, tag) || find_field(type, member.key, 0) < type.count) continue;
    std::string name = folded(member.key);
    if (name.empty()) continue;
    for (uint32_t i = 0; i < type.count; ++i) {
      if (names[i] != name || (fields[i].member && !fields[i].spelled)) continue;
      if (fields[i].member) {
        fail(shown(fields[i].member->key) + " and " + shown(member.key) + " may both be `" +
             std::string(wire_name(type.fields[i])) + "`");
        return false;
      }
      fields[i] = {&member, true};
    }
  }
  return true;
}

/// False: it does not fit.
bool Coercion::add_field(Node& made, const pf_field& field, const Field& found,
                         std::vector<Member>& members) {
  bool optional = field.type->kind == PF_OPT || field.default_value;
  if (!found.member) {
    if (optional) return true;
    fail(std::string("expected ") + field.type->name + ", found nothing");
    return false;
  }
  const Node& node = *found.member->value;
  const Node* value = this->value(node, *field.type);
  if (!value && optional && node.cut) {
    ++made.left_out;
    made.effort = Effort::Guess;
    return true;
  }
  if (!value && node.kind == NodeKind::Null && field.default_value) {
    Node* none = changed(node, NodeKind::Null, {}, Effort::Value);
    none->change = Change::Default;
    value = none;
  }
  if (!value) return false;
  made.effort =
      std::max({made.effort, value->effort, found.spelled ? Effort::Spelling : Effort::None});
  members.push_back(
      {wire_name(field), value, found.spelled ? found.member->key : std::string_view()});
  return true;
}

const Node* Coercion::record(const Node& node, const pf_type& type, std::string_view tag) {
  if (node.kind != NodeKind::Object) return expected(type, node);
  std::vector<Field> fields(type.count);
  if (!find_fields(node, type, tag, fields)) return nullptr;
  Node* made = pool_.node(NodeKind::Object);
  std::vector<Member> members;
  Step step = {step_, {}};
  step_ = &step;
  bool fits = true;
  for (uint32_t i = 0; i < type.count && fits; ++i) {
    step.key = wire_name(type.fields[i]);
    fits = add_field(*made, type.fields[i], fields[i], members);
  }
  step_ = step.outer;
  if (!fits) return nullptr;
  if (members.empty() && node.cut) return nothing_left(type);
  made->members = pool_.keep(members);
  return made;
}

}  // namespace pf_models::lenient
