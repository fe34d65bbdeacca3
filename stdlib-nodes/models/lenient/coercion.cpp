#include "coercion.h"

#include <algorithm>

#include "characters.h"
#include "pflow/tables/types.h"
#include "spelling.h"
#include "tolerant_json.h"

namespace pf_models::lenient {

using pflow::tables::Form;
namespace {

const char* name_of(const Node& node) {
  switch (node.kind) {
    case NodeKind::Null: return "null";
    case NodeKind::False:
    case NodeKind::True: return "bool";
    case NodeKind::Number: return "number";
    case NodeKind::Text: return "str";
    case NodeKind::List: return "list";
    case NodeKind::Object: return "object";
  }
  return "";
}

}  // namespace

bool is_container(const pf_type& type) {
  Form form = pflow::tables::facts_of(type.kind).form;
  return form == Form::List || form == Form::Map || form == Form::Record || form == Form::Sum ||
         form == Form::Json;
}

const pf_type& without_none(const pf_type& type) {
  return type.kind == PF_OPT ? without_none(*type.element) : type;
}

const Node* Coercion::fail(std::string problem) {
  problem_ = place_of(step_) + ": " + std::move(problem);
  return nullptr;
}

const Node* Coercion::expected(const pf_type& type, const Node& found) {
  bool scalar = found.kind == NodeKind::Text || found.kind == NodeKind::Number;
  std::string what = found.kind == NodeKind::Text ? shown(found.text) : std::string(found.text);
  return fail(std::string("expected ") + type.name + ", found " +
              (scalar ? what : std::string(name_of(found))));
}

Node* Coercion::changed(const Node& source, NodeKind kind, std::string_view text, Effort effort) {
  Node* made = pool_.node(kind);
  made->text = text;
  made->change = Change::Value;
  made->source = &source;
  made->effort = effort;
  return made;
}

const Node* Coercion::with_change(const Node& made, Change change, Effort effort,
                                  std::string_view key) {
  Node* copy = pool_.copy(made);
  // A node holds one change: what was one already stands within.
  if (made.change != Change::None) copy->source = &made;
  copy->change = change;
  copy->key = key;
  copy->effort = std::max(made.effort, effort);
  return copy;
}

const Node* Coercion::fit(const Node& node, const pf_type& type) {
  step_ = nullptr;
  problem_.clear();
  return value(node, type);
}

const Node* Coercion::fit_words(std::string_view words, const pf_type& type) {
  step_ = nullptr;
  problem_.clear();
  const pf_type& wanted = without_none(type);
  Node* node = pool_.node(NodeKind::Text);
  node->text = trimmed(words);
  node->bare = true;
  if (wanted.kind == PF_UNION) return literal(*node, wanted, true);
  if (wanted.kind == PF_INT || wanted.kind == PF_FLOAT) return number(*node, wanted, true);
  if (wanted.kind == PF_BOOL || wanted.kind == PF_DURATION) return by_form(*node, wanted);
  if (wanted.kind == PF_LIST && !is_container(*wanted.element) && wanted.element->kind != PF_STR)
    return sole(*node, wanted);
  return wanted.kind == PF_STR ? text(*node, wanted) : expected(type, *node);
}

const Node* Coercion::value(const Node& node, const pf_type& type) {
  if (const Node* made = known_or_made(node, type)) return made;
  std::string problem = problem_;
  ambiguous_ = false;
  if (const Node* made = around(node, type)) return made;
  if (!ambiguous_) problem_ = std::move(problem);
  return nullptr;
}

/// What a container was found to be is kept: sums and what is wrapped try it again.
const Node* Coercion::known_or_made(const Node& node, const pf_type& type) {
  bool nested = node.kind == NodeKind::Object || node.kind == NodeKind::List;
  if (!nested || !is_container(type)) return by_form(node, type);
  auto known = known_.find({&node, &type});
  if (known == known_.end()) {
    const Node* made = by_form(node, type);
    known = known_.emplace(std::pair(&node, &type), Known{made, made ? "" : problem_}).first;
  } else if (!known->second.made) {
    problem_ = known->second.problem;
  }
  return known->second.made;
}

const Node* Coercion::by_form(const Node& node, const pf_type& type) {
  if (type.kind == PF_UNION) return literal(node, type, false);
  if (type.kind == PF_BYTES || type.kind == PF_DURATION) return strict_text(node, type);
  // Commands, queries and addresses are made of templates alone.
  if (pflow::tables::has_trait(type.kind, pflow::tables::Bound)) return expected(type, node);
  switch (pflow::tables::facts_of(type.kind).form) {
    case Form::Text: return text(node, type);
    case Form::Int:
    case Form::Float: return number(node, type, false);
    case Form::Bool: return boolean(node, type);
    case Form::Opt: return optional(node, type);
    case Form::List: return list(node, type);
    case Form::Map: return map(node, type);
    case Form::Record: return record(node, type, {});
    case Form::Sum: return sum(node, type);
    case Form::Json: return &node;
    case Form::Command:
    case Form::Query:
    case Form::Stream:
    case Form::Tool: return expected(type, node);
  }
}

const Node* Coercion::optional(const Node& node, const pf_type& type) {
  if (node.kind == NodeKind::Null) return &node;
  if (const Node* made = value(node, *type.element)) return made;
  static constexpr std::string_view kNone[] = {"", "null", "none", "na", "nil", "unknown"};
  if (node.kind != NodeKind::Text || std::ranges::find(kNone, folded(node.text)) == std::end(kNone))
    return nullptr;
  return changed(node, NodeKind::Null, {}, Effort::Value);
}

/// The value with one more object, list or text around it.
const Node* Coercion::around(const Node& node, const pf_type& type) {
  if (type.kind == PF_OPT || type.kind == PF_JSON) return nullptr;
  switch (node.kind) {
    case NodeKind::List: return type.kind == PF_LIST ? nullptr : sole_item(node, type);
    case NodeKind::Object: return sole_member(node, type);
    case NodeKind::Text: return is_container(type) ? json_in_text(node, type) : nullptr;
    case NodeKind::Null:
    case NodeKind::False:
    case NodeKind::True:
    case NodeKind::Number: break;
  }
  return nullptr;
}

const Node* Coercion::sole_item(const Node& node, const pf_type& type) {
  if (node.members.size() != 1) return nullptr;
  const Node* made = known_or_made(*node.members[0].value, type);
  return made ? with_change(*made, Change::Item, Effort::Shape) : nullptr;
}

/// Of the members the one that fits, when it alone does; a scalar must be the only member, or
/// be called `value`.
const Node* Coercion::sole_member(const Node& node, const pf_type& type) {
  const Node* found = nullptr;
  std::string_view key;
  for (const Member& member : node.members) {
    bool nested = member.value->kind == NodeKind::Object || member.value->kind == NodeKind::List;
    bool alone = node.members.size() == 1 || member.key == "value";
    if (!alone && !(nested && is_container(type))) continue;
    const Node* made = known_or_made(*member.value, type);
    if (!made) continue;
    ambiguous_ = found != nullptr;
    if (found)
      return fail(std::string("expected ") + type.name + ", found two: under " + shown(key) +
                  " and under " + shown(member.key));
    found = made;
    key = member.key;
  }
  return found ? with_change(*found, Change::Member, Effort::Shape, key) : nullptr;
}

const Node* Coercion::json_in_text(const Node& node, const pf_type& type) {
  size_t start = node.text.find_first_of("{[");
  if (start == node.text.npos || !trimmed(node.text.substr(0, start)).empty()) return nullptr;
  auto [inner, fresh] = inner_.try_emplace(node.text.data(), nullptr);
  if (fresh) {
    TolerantReader reader(pool_, node.text);
    const Node* read = reader.read(start);
    bool whole = read && !reader.cut() && trimmed(node.text.substr(reader.offset())).empty();
    inner->second = whole ? read : nullptr;
  }
  if (!inner->second) return nullptr;
  const Node* made = known_or_made(*inner->second, type);
  return made ? with_change(*made, Change::JsonInText, Effort::Shape) : nullptr;
}

}  // namespace pf_models::lenient
