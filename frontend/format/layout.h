/// A file as the printer looks at it: tokens in nodes that can stand on one line or on several.
/// A node never holds what its tokens say, only which they are.
#pragma once

#include <cstdint>
#include <span>

namespace pflow::format {

enum class Kind : uint8_t {
  Text,       ///< tokens whose bytes stay: one, `>>`, or a whole text literal
  Row,        ///< parts beside each other
  If,         ///< a row of which all braces are broken, or none
  Stage,      ///< what a stage does, and its suffixes
  List,       ///< parts between brackets, separated by commas
  Entries,    ///< the same without brackets: what stands in the braces of a map
  Braces,     ///< statements, fields or arms in braces
  Chain,      ///< stages and the `>>` between them, in turns
  Dots,       ///< a value and the method calls behind it
  Operators,  ///< operands and the operators between them, in turns
  Assign,     ///< what ends in `=`, and a value; the head of a node, and `by …`
};

/// What separates the parts of braces that stand on one line.
enum class Separator : uint8_t { Semicolon, Comma };

/// The columns of a node on one line. A text literal may hold newlines, which stay: then
/// `first` goes to the first of them, and `last` begins behind the last.
struct Width {
  uint32_t first = 0;
  uint32_t last = 0;
  bool lines = false;
};

struct Node;

struct Part {
  const Node* node;
  bool space;  ///< before it
};

struct Node {
  Kind kind = Kind::Text;
  bool forced = false;     ///< has to stand on several lines
  bool may_break = false;  ///< can stand on several lines
  bool broken = false;     ///< Braces, List, Chain: several lines were chosen by the author
  bool hugs = false;       ///< ends in braces or brackets that may open on the line of its list
  bool padded = false;     ///< List: a space inside of the brackets
  bool trailing = false;   ///< List: a comma may stand behind the last part
  bool headed = false;     ///< Chain: the first part is the head of a transition
  bool declares = false;   ///< Assign: the body of a node
  Separator separator = Separator::Semicolon;
  uint32_t begin = 0;  ///< the first token
  uint32_t end = 0;    ///< behind the last token
  Width flat;
  uint32_t lead = 0;   ///< columns of its first line on several lines
  uint32_t trail = 0;  ///< columns of its last line on several lines, without indentation
  std::span<const Part> parts;
};

inline constexpr uint32_t kLineWidth = 100;
inline constexpr uint32_t kIndent = 2;

}  // namespace pflow::format
