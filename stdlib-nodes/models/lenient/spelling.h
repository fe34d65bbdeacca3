/// Names and words in another spelling.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace pf_models::lenient {

/// Letters and digits alone, in lower case: what `firstName`, `first-name` and `FIRST_NAME` share.
[[nodiscard]] std::string folded(std::string_view text);

/// Which of the words a text means.
struct WordChoice {
  static constexpr size_t kNone = ~size_t{0};
  size_t word = kNone;
  std::vector<size_t> several;  ///< of those it may mean, when it is not one
};
/// Which word it is, in any spelling, quotes and full stops around it aside.
[[nodiscard]] WordChoice spelled_word(std::string_view text,
                                      std::span<const std::string_view> words);
/// Which word stands in a sentence such as `Category: Spam.`; none where it is negated.
[[nodiscard]] WordChoice word_within(std::string_view text,
                                     std::span<const std::string_view> words);

}  // namespace pf_models::lenient
