/// JSON as a tree: what the tolerant reader makes of a text, and what coercion makes of that.
#pragma once

#include <cstdint>
#include <memory_resource>
#include <span>
#include <string_view>

namespace pf_models::lenient {

/// How far what is read is from what was written; of several pieces of JSON that fit, the
/// one that needs least is meant.
enum class Effort : uint8_t { None, Spelling, Value, Shape, Guess };

/// What was mended in the text.
enum class Mend : uint8_t {
#define PFLOW_MEND(Name, effort, sentence) Name,
#include "mends.def"
};
inline constexpr size_t kMendCount = static_cast<size_t>(Mend::Cut) + 1;
struct MendFacts {
  Effort effort;
  const char* sentence;
};
inline constexpr MendFacts kMends[] = {
#define PFLOW_MEND(Name, effort, sentence) {Effort::effort, sentence},
#include "mends.def"
};

/// What coercion did to have a node of the type that was wanted.
enum class Change : uint8_t {
  None,
  Value,       ///< one scalar for another: `"$4.50"` for 4.5
  Sole,        ///< one value, where a list is wanted
  Sequence,    ///< values one behind the other, where a list is wanted
  Item,        ///< a list of one, where its item is wanted
  Member,      ///< an object around what is wanted
  JsonInText,  ///< JSON that stood in a text
  Untagged,    ///< the variant of a sum that alone fits
  TagAsKey,    ///< the variant of a sum as the key around it
  Default,     ///< null, where a field has a default
};

enum class NodeKind : uint8_t { Null, False, True, Number, Text, List, Object };

struct Node;
/// A member of an object, or an item of a list.
struct Member {
  std::string_view key;
  const Node* value = nullptr;
  std::string_view written = {};  ///< the key in the answer, where it is spelled otherwise
};

struct Node {
  NodeKind kind = NodeKind::Null;
  Change change = Change::None;
  Effort effort = Effort::None;  ///< of coercion, with all that is within
  bool bare = false;             ///< a text that stood without quotes
  bool cut = false;              ///< the text of the answer ended within it
  uint16_t mends = 0;            ///< one bit for each Mend, of this node alone
  uint16_t left_out = 0;         ///< what was cut off and does not fit: so many
  std::string_view text;         ///< of Text; of Number its digits, as JSON has them
  std::span<const Member> members;
  const Node* source = nullptr;  ///< what was changed
  std::string_view key;          ///< of Change::Member and TagAsKey
};
static_assert(kMendCount <= 16);

constexpr uint16_t bit(Mend mend) {
  return static_cast<uint16_t>(1u << static_cast<unsigned>(mend));
}

/// Where nodes and their texts live until the answer is read.
class Pool {
 public:
  Node* node(NodeKind kind) {
    Node* made = new (memory_.allocate(sizeof(Node), alignof(Node))) Node;
    made->kind = kind;
    return made;
  }
  Node* copy(const Node& node) {
    return new (memory_.allocate(sizeof(Node), alignof(Node))) Node(node);
  }
  std::string_view keep(std::string_view text) {
    if (text.empty()) return {};
    char* bytes = static_cast<char*>(memory_.allocate(text.size(), 1));
    text.copy(bytes, text.size());
    return {bytes, text.size()};
  }
  std::span<const Member> keep(std::span<const Member> members) {
    if (members.empty()) return {};
    auto* kept = static_cast<Member*>(memory_.allocate(members.size_bytes(), alignof(Member)));
    for (size_t i = 0; i < members.size(); ++i) new (kept + i) Member(members[i]);
    return {kept, members.size()};
  }

 private:
  std::pmr::monotonic_buffer_resource memory_{1024};
};

}  // namespace pf_models::lenient
