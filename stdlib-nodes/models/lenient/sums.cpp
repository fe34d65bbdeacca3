// Which variant of a sum an object is: by its tag, the key around it, or what it holds.
#include <algorithm>

#include "coercion.h"
#include "spelling.h"

namespace pf_models::lenient {
namespace {

std::vector<std::string_view> tags_of(const pf_type& sum) {
  std::vector<std::string_view> made;
  for (uint32_t i = 0; i < sum.count; ++i) made.emplace_back(pf_variant_tag(sum.variants[i]));
  return made;
}

std::string all_of(std::span<const std::string_view> names, std::span<const size_t> which,
                   std::string_view between) {
  std::string made;
  for (size_t name : which) made.append(made.empty() ? "" : between).append(names[name]);
  return made;
}

/// The member that says which variant it is, in any spelling.
const Member* find_tag(const Node& node, const pf_type& sum) {
  std::string_view key = pf_tag_key(&sum);
  for (const Member& member : node.members)
    if (member.key == key) return &member;
  for (const Member& member : node.members)
    if (folded(member.key) == folded(key)) return &member;
  return nullptr;
}

}  // namespace

const Node* Coercion::sum(const Node& node, const pf_type& type) {
  if (node.kind != NodeKind::Object) return expected(type, node);
  if (const Member* tag = find_tag(node, type)) return tagged(node, *tag, type);
  if (const Node* made = tag_as_key(node, type)) return made;
  return untagged(node, type);
}

/// The object of one variant, its tag first.
const Node* Coercion::variant(const Node& node, const pf_type& sum, size_t index, const Node* tag,
                              std::string_view tag_key) {
  std::string_view key = pf_tag_key(&sum);
  const Node* fields = record(node, *sum.variants[index], key);
  if (!fields) return nullptr;
  Node* made = pool_.copy(*fields);
  std::vector<Member> members = {{key, tag, tag_key == key ? std::string_view() : tag_key}};
  members.insert(members.end(), fields->members.begin(), fields->members.end());
  made->members = pool_.keep(members);
  made->effort = std::max(
      {made->effort, tag->effort, members[0].written.empty() ? Effort::None : Effort::Spelling});
  return made;
}

const Node* Coercion::tagged(const Node& node, const Member& tag, const pf_type& type) {
  std::vector<std::string_view> names = tags_of(type);
  Step step = {step_, pf_tag_key(&type)};
  step_ = &step;
  const Node& written = *tag.value;
  WordChoice choice;
  if (written.kind == NodeKind::Text) choice = spelled_word(written.text, names);
  bool known = choice.word != WordChoice::kNone;
  if (!known) {
    std::string all;
    for (std::string_view name : names) all.append(all.empty() ? "" : " | ").append(shown(name));
    fail("expected " + all + ", found " +
         (written.kind == NodeKind::Text ? shown(written.text) : std::string("no text")));
  }
  step_ = step.outer;
  if (!known) return nullptr;
  std::string_view name = names[choice.word];
  const Node* made =
      name == written.text ? &written : changed(written, NodeKind::Text, name, Effort::Spelling);
  return variant(node, type, choice.word, made, tag.key);
}

/// `{"Cat": {…}}`.
const Node* Coercion::tag_as_key(const Node& node, const pf_type& type) {
  if (node.members.size() != 1 || node.members[0].value->kind != NodeKind::Object) return nullptr;
  WordChoice choice = spelled_word(node.members[0].key, tags_of(type));
  if (choice.word == WordChoice::kNone) return nullptr;
  Node* tag = pool_.node(NodeKind::Text);
  tag->text = pf_variant_tag(type.variants[choice.word]);
  const Node* made = variant(*node.members[0].value, type, choice.word, tag, pf_tag_key(&type));
  return made ? with_change(*made, Change::TagAsKey, Effort::Shape, node.members[0].key) : nullptr;
}

const Node* Coercion::untagged(const Node& node, const pf_type& type) {
  std::vector<const Node*> made(type.count);
  std::vector<size_t> fitting, exact;
  for (uint32_t i = 0; i < type.count; ++i) {
    Node* tag = pool_.node(NodeKind::Text);
    tag->text = pf_variant_tag(type.variants[i]);
    made[i] = variant(node, type, i, tag, pf_tag_key(&type));
    if (!made[i]) continue;
    fitting.push_back(i);
    if (!has_others(node, *type.variants[i], pf_tag_key(&type))) exact.push_back(i);
  }
  // Of several that fit the one that knows every member.
  const std::vector<size_t>& chosen = exact.empty() ? fitting : exact;
  if (chosen.size() == 1)
    return with_change(*made[chosen[0]], Change::Untagged, Effort::Shape,
                       type.variants[chosen[0]]->name);
  std::vector<std::string_view> names = tags_of(type);
  std::string start =
      std::string("expected ") + type.name + ", found no \"" + pf_tag_key(&type) + "\"";
  if (!chosen.empty()) return fail(start + ", and " + all_of(names, chosen, " and ") + " both fit");
  return fail(start);
}

}  // namespace pf_models::lenient
