/// A text in the pieces in which it would come.
#pragma once

#include <string_view>

namespace pf_models {

/// The first word with the blanks around it, which the text loses.
inline std::string_view take_word(std::string_view& text) {
  constexpr std::string_view kBlanks = " \t\r\n";
  size_t end = text.find_first_not_of(kBlanks);
  end = end == text.npos ? end : text.find_first_of(kBlanks, end);
  end = end == text.npos ? end : text.find_first_not_of(kBlanks, end);
  std::string_view word = text.substr(0, end);
  text.remove_prefix(word.size());
  return word;
}

}  // namespace pf_models
