#include "runtime/src/cassettes/json_value.h"

#include <algorithm>
#include <cmath>
#include <vector>

namespace pflow::cassettes {
namespace {

struct Member {
  pf_str key;
  pf_json value;
};

/// Sorted by key: two objects are walked side by side.
std::vector<const Member*> members_of(const pf_json& object) {
  std::vector<const Member*> members;
  for (const Member& member : Elements<Member>(object.list)) members.push_back(&member);
  std::ranges::sort(members, {}, [](const Member* member) { return view(member->key); });
  return members;
}

void add_text(std::string& out, pf_json value) {
  Text text(json_text(value));
  out += text.view();
}

void add_canonical(std::string& out, const pf_json& value) {
  constexpr double kExact = 9007199254740992.0;  // 2^53
  if (value.kind == PF_JSON_ARRAY) {
    out += '[';
    for (const pf_json& item : Elements<pf_json>(value.list)) {
      add_canonical(out, item);
      out += ',';
    }
    out += ']';
  } else if (value.kind == PF_JSON_OBJECT) {
    out += '{';
    for (const Member* member : members_of(value)) {
      add_text(out, json(member->key));
      out += ':';
      add_canonical(out, member->value);
      out += ',';
    }
    out += '}';
  } else if (value.kind == PF_JSON_FLOAT && std::trunc(value.number) == value.number &&
             std::fabs(value.number) < kExact) {
    out += std::to_string(static_cast<int64_t>(value.number));
  } else {
    add_text(out, value);
  }
}

class Comparison {
 public:
  JsonDifference difference;

  void compare(const pf_json* left, const pf_json* right) {
    if (left && right && left->kind == right->kind) {
      if (left->kind == PF_JSON_ARRAY) return compare_lists(*left, *right);
      if (left->kind == PF_JSON_OBJECT) return compare_objects(*left, *right);
    }
    if (left && right && canonical_json(*left) == canonical_json(*right)) return;
    if (difference.count++ != 0) return;
    difference.path = path_;
    if (left) add_text(difference.left, *left);
    if (right) add_text(difference.right, *right);
  }

 private:
  void compare_lists(const pf_json& left, const pf_json& right) {
    Elements<pf_json> ours(left.list), theirs(right.list);
    size_t length = path_.size();
    for (size_t i = 0; i < std::max(ours.size(), theirs.size()); ++i) {
      path_ += "[" + std::to_string(i) + "]";
      compare(i < ours.size() ? &ours[i] : nullptr, i < theirs.size() ? &theirs[i] : nullptr);
      path_.resize(length);
    }
  }

  void compare_member(const pf_str& key, const pf_json* left, const pf_json* right) {
    size_t length = path_.size();
    if (!path_.empty()) path_ += '.';
    path_ += view(key);
    compare(left, right);
    path_.resize(length);
  }

  void compare_objects(const pf_json& left, const pf_json& right) {
    std::vector<const Member*> ours = members_of(left), theirs = members_of(right);
    size_t i = 0, k = 0;
    while (i < ours.size() || k < theirs.size()) {
      int order = i == ours.size()     ? 1
                  : k == theirs.size() ? -1
                                       : view(ours[i]->key).compare(view(theirs[k]->key));
      const Member* mine = order <= 0 ? ours[i++] : nullptr;
      const Member* other = order >= 0 ? theirs[k++] : nullptr;
      compare_member(mine ? mine->key : other->key, mine ? &mine->value : nullptr,
                     other ? &other->value : nullptr);
    }
  }

  std::string path_;
};

}  // namespace

JsonValue::JsonValue(std::string_view text) {
  size_t first = text.find_first_not_of(" \t\r\n");
  if (first == text.npos || (text[first] != '{' && text[first] != '[')) return;
  if (pf_utf8_valid_prefix(text.data(), text.size()) != text.size()) return;
  pf_str source = literal(text);
  pf_json_problem problem{};
  ok_ = pf_json_decode(&source, &kJsonType, &value_, &problem);
  if (!ok_) pf_str_release(problem.message);
}

JsonValue::~JsonValue() {
  if (ok_) pf_drop_value(&value_, &kJsonType);
}

std::string canonical_json(const pf_json& value) {
  std::string text;
  add_canonical(text, value);
  return text;
}

JsonDifference json_difference(const pf_json& left, const pf_json& right) {
  Comparison comparison;
  comparison.compare(&left, &right);
  return std::move(comparison.difference);
}

}  // namespace pflow::cassettes
