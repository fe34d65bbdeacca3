/// Gathers `## ` comments: those of the file, and those before a token.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "support/arena.h"

namespace pflow::parse {

class DocComments {
 public:
  explicit DocComments(Arena& arena) : arena_(&arena) {}

  /// Whether a comment that begins its line is a doc comment.
  static bool is_doc(std::string_view comment) {
    return comment.starts_with("##") && (comment.size() == 2 || comment[2] == ' ');
  }

  /// Without the blanks at its end.
  void add_line(std::string_view comment) {
    comment = comment.substr(0, comment.find_last_not_of(" \t") + 1);
    lines_.push_back(comment.size() > 3 ? comment.substr(3) : std::string_view());
  }
  [[nodiscard]] bool pending() const { return !lines_.empty(); }

  /// The pending lines as one text; forgets them.
  std::string_view take() {
    std::string_view text = lines_.size() == 1 ? lines_[0] : joined();
    lines_.clear();
    return text;
  }

 private:
  std::string_view joined() {
    std::vector<char> all;
    for (const std::string_view& line : lines_) {
      if (&line != lines_.data()) all.push_back('\n');
      all.insert(all.end(), line.begin(), line.end());
    }
    auto kept = arena_->copy(all);
    return {kept.data(), kept.size()};
  }

  Arena* arena_;
  std::vector<std::string_view> lines_;
};

}  // namespace pflow::parse
