/// Text that is nearly JSON, as a tree.
///
/// Read is one object or list, from its bracket on: with comments, other quotes or none, too
/// many commas or too few, quotes and line ends within texts, an end that is missing. The work
/// is linear in the bytes that were read.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "tree.h"

namespace pf_models::lenient {

class TolerantReader {
 public:
  /// Deeper documents are refused, as by the strict reader.
  static constexpr int kMaxDepth = 1000;

  TolerantReader(Pool& pool, std::string_view text) : pool_(pool), text_(text) {}

  /// The value at the `{` or `[` at `at`; null: there is none, `mistake()` says why, and
  /// `offset()` where.
  const Node* read(size_t at);
  /// Behind what was read.
  [[nodiscard]] size_t offset() const { return at_; }
  [[nodiscard]] const char* mistake() const { return mistake_; }
  /// The bits of every Mend in what was read, and whether the text ended within it.
  [[nodiscard]] uint16_t mends() const { return mends_; }
  [[nodiscard]] bool cut() const { return (mends_ & bit(Mend::Cut)) != 0; }
  /// After a mistake: whether it had begun as JSON, and not as a bracket in prose.
  [[nodiscard]] bool began() const {
    return !stack_.empty() && (mends_ & (bit(Mend::BareText) | bit(Mend::BareKey))) == 0;
  }

 private:
  enum class Place : uint8_t { Key, Value, Item };
  struct Quote;

  const Node* fail(const char* mistake);
  void mend(Node& node, Mend mend);

  [[nodiscard]] bool done() const { return at_ >= text_.size(); }
  [[nodiscard]] char next() const { return done() ? '\0' : text_[at_]; }
  [[nodiscard]] std::string_view rest() const { return text_.substr(at_); }
  void skip_blanks(Node& around);
  [[nodiscard]] bool skip_comment();

  const Node* value(Place place);
  const Node* object();
  const Node* list();
  bool member(Node& object);
  bool key(Node& object, std::string_view& key);
  bool bare_key(Node& object, std::string_view& key);
  bool colon(Node& object);
  /// What stands between two members; false: the end, or a mistake.
  bool separator(Node& around, char close, bool first);
  bool close_other(Node& around, char close);
  const Node* bare(Place place);
  [[nodiscard]] size_t bare_end(Place place) const;

  // Texts: tolerant_text.cpp.
  [[nodiscard]] const Quote* quote_at(size_t at) const;
  Node* text(Place place);
  [[nodiscard]] bool ends(size_t behind, Place place, const Quote& quote) const;
  [[nodiscard]] bool goes_on(size_t at, Place place, const Quote& quote) const;
  [[nodiscard]] bool key_at(size_t at) const;
  [[nodiscard]] bool cut_key_at(size_t at) const;
  void escape(Node& node, std::string& made);
  [[nodiscard]] std::optional<unsigned> code_unit(size_t at) const;

  Pool& pool_;
  std::string_view text_;
  size_t at_ = 0;
  const char* mistake_ = nullptr;
  uint16_t mends_ = 0;
  int depth_ = 0;
  int objects_ = 0;            ///< open around the place in hand
  int lists_ = 0;              ///< the same
  std::vector<Member> stack_;  ///< of what is open
};

}  // namespace pf_models::lenient
