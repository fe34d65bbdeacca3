#include "spelling.h"

#include <algorithm>

#include "characters.h"

namespace pf_models::lenient {
namespace {

/// A longer text is no answer in a word.
constexpr size_t kLongestSentence = 2000;

/// The words in lower case, a blank around each.
std::string spaced(std::string_view text) {
  std::string made = " ";
  for (char c : text) {
    if (is_word(c))
      made += lower(c);
    else if (made.back() != ' ')
      made += ' ';
  }
  if (made.back() != ' ') made += ' ';
  return made;
}

bool negates(std::string_view sentence) {
  for (std::string_view word : {" not ", " no ", " never ", " non ", " neither ", " nor ",
                                " isn t ", " doesn t ", " cannot ", " can t ", " without "})
    if (sentence.find(word) != sentence.npos) return true;
  // With a typographic apostrophe the words stay whole.
  return sentence.find("n\xe2\x80\x99t ") != sentence.npos;
}

/// Takes every place of the word out of the sentence; whether there was one.
bool take_out(std::string& sentence, std::string_view word) {
  bool found = false;
  for (size_t at = sentence.find(word); at != sentence.npos; at = sentence.find(word, at)) {
    sentence.replace(at, word.size(), " | ");
    found = true;
    ++at;
  }
  return found;
}

WordChoice choice_of(std::vector<size_t> found) {
  if (found.size() == 1) return {found.front(), {}};
  return {WordChoice::kNone, std::move(found)};
}

}  // namespace

std::string folded(std::string_view text) {
  std::string made;
  for (char c : text)
    if (is_word(c)) made += lower(c);
  return made;
}

WordChoice spelled_word(std::string_view text, std::span<const std::string_view> words) {
  for (size_t i = 0; i < words.size(); ++i)
    if (words[i] == trimmed(text)) return {i, {}};
  std::string wanted = folded(text);
  std::vector<size_t> found;
  for (size_t i = 0; i < words.size() && !wanted.empty(); ++i)
    if (folded(words[i]) == wanted) found.push_back(i);
  return choice_of(std::move(found));
}

WordChoice word_within(std::string_view text, std::span<const std::string_view> words) {
  if (text.size() > kLongestSentence) return {};
  std::string sentence = spaced(text);
  std::vector<size_t> order;
  for (size_t i = 0; i < words.size(); ++i) order.push_back(i);
  // `not spam` holds `spam`.
  std::ranges::stable_sort(order,
                           [&](size_t a, size_t b) { return words[a].size() > words[b].size(); });
  std::vector<size_t> found;
  for (size_t i : order) {
    std::string word = spaced(words[i]);
    if (word.size() > 2 && take_out(sentence, word)) found.push_back(i);
  }
  if (negates(sentence)) return {};
  std::ranges::sort(found);
  return choice_of(std::move(found));
}

}  // namespace pf_models::lenient
