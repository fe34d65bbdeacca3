/// Decides for each node whether it stands on one line, from the outer ones to the inner ones.
#pragma once

#include <string>
#include <string_view>

#include "frontend/format/layout.h"
#include "frontend/format/source_tokens.h"
#include "frontend/format/writer.h"

namespace pflow::format {

class Printer {
 public:
  /// `newline` ends each line that is written.
  Printer(const SourceTokens& tokens, std::string_view newline)
      : tokens_(&tokens), writer_(tokens, newline) {}

  /// The next item of the file.
  void item(const Node& item);
  /// The whole file, behind its last item.
  [[nodiscard]] std::string take();

 private:
  /// `tail` columns stand behind the node on its last line.
  void print(const Node& node, uint32_t tail);
  void on_one_line(const Node& node);
  void on_lines(const Node& node, uint32_t tail);
  [[nodiscard]] bool fits(const Node& node, uint32_t tail) const;
  [[nodiscard]] bool fits(const Width& width, uint32_t tail) const;
  /// Whether the node would need several lines also on a line of its own, indented. What was
  /// broken for want of columns is seen as broken by the author the next time, so that both
  /// have to lead to the same layout.
  [[nodiscard]] bool breaks_below(const Node& node, uint32_t tail) const;
  /// Columns that stand behind the part `index` before a line can end.
  [[nodiscard]] static uint32_t tail_behind(const Node& node, size_t index, uint32_t tail);

  void row(const Node& node, uint32_t tail);
  void part(const Node& node, size_t index, uint32_t tail);
  void stage(const Node& node, uint32_t tail);
  void assign(const Node& node, uint32_t tail);
  void operators(const Node& node, uint32_t tail);
  void dots(const Node& node, uint32_t tail);

  // ---- print_chains.cpp
  void chain(const Node& node, uint32_t tail);
  [[nodiscard]] bool chain_hugs(const Node& node, uint32_t tail) const;

  // ---- print_brackets.cpp
  void list_on_one_line(const Node& node);
  void list(const Node& node, uint32_t tail);
  [[nodiscard]] bool list_hugs(const Node& node) const;
  void hug(const Node& node, uint32_t tail);
  void entries(const Node& node, bool trailing);
  void part_of_list(const Node& node, size_t index, bool trailing);
  void braces_on_one_line(const Node& node);
  void braces(const Node& node);
  void separators(uint32_t from, uint32_t to, bool next);

  const SourceTokens* tokens_;
  Writer writer_;
  uint32_t items_ = 0;  ///< the token behind the last item
};

}  // namespace pflow::format
