// Texts, numbers, bools and literals, one for the other.
#include <stdlib.h>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <optional>

#include "characters.h"
#include "coercion.h"
#include "number_words.h"
#include "pflow/node.hpp"
#include "spelling.h"

namespace pf_models::lenient {
namespace {

constexpr std::string_view kYes[] = {"true", "yes", "y", "on", "1"};
constexpr std::string_view kNo[] = {"false", "no", "n", "off", "0"};

bool is_one_of(std::string_view word, std::span<const std::string_view> words) {
  return std::ranges::find(words, word) != words.end();
}

/// (std::from_chars of a double would bring 20 KB of tables along.)
std::optional<double> real_of(const std::string& digits) {
  char* end = nullptr;
  const double real = strtod(digits.c_str(), &end);
  const bool is_whole_text = end == digits.c_str() + digits.size() && !digits.empty();
  const bool is_decimal = digits.find_first_of("xX") == std::string::npos;
  return is_whole_text && is_decimal ? std::optional(real) : std::nullopt;
}

/// `3.00` as `3`, `1e3` as `1000`; empty: it is no whole number of 64 bits.
std::string whole(const std::string& digits) {
  int64_t integer = 0;
  const char* end = digits.data() + digits.size();
  auto read = std::from_chars(digits.data(), end, integer);
  if (read.ec == std::errc() && read.ptr == end) return digits;
  constexpr double kExact = 9007199254740992.0;
  const std::optional<double> real = real_of(digits);
  if (!real || !(std::fabs(*real) <= kExact) || *real != std::floor(*real)) return {};
  return std::to_string(static_cast<int64_t>(*real));
}

bool is_finite(const std::string& digits) {
  const std::optional<double> real = real_of(digits);
  return real && std::isfinite(*real);
}

std::vector<std::string_view> literals_of(const pf_type& type) {
  std::vector<std::string_view> made;
  for (uint32_t i = 0; i < type.count; ++i) made.push_back(pflow::view(type.literals[i]));
  return made;
}

/// The first word of an answer such as `Yes, because …`.
std::string_view first_word(std::string_view text) {
  size_t end = 0;
  while (end < text.size() && is_word(text[end])) ++end;
  bool ends = end == text.size() || text[end] == ',' || text[end] == '.' || text[end] == ';' ||
              text[end] == ':' || text[end] == '!' || text[end] == '\n';
  return ends ? text.substr(0, end) : std::string_view();
}

}  // namespace

const Node* Coercion::text(const Node& node, const pf_type& type) {
  switch (node.kind) {
    case NodeKind::Text: return &node;
    case NodeKind::Number: return changed(node, NodeKind::Text, node.text, Effort::Value);
    case NodeKind::False: return changed(node, NodeKind::Text, "false", Effort::Value);
    case NodeKind::True: return changed(node, NodeKind::Text, "true", Effort::Value);
    case NodeKind::Null:
    case NodeKind::List:
    case NodeKind::Object: break;
  }
  return expected(type, node);
}

const Node* Coercion::literal(const Node& node, const pf_type& type, bool sentence) {
  const Node* written = node.kind == NodeKind::Null ? nullptr : text(node, type);
  if (!written) return expected(type, node);
  if (node.cut && node.bare) return expected(type, node);
  std::vector<std::string_view> words = literals_of(type);
  auto exact = std::ranges::find(words, written->text);
  if (exact != words.end() && written == &node && !node.bare) return &node;
  Effort effort = Effort::Spelling;
  WordChoice choice = spelled_word(written->text, words);
  if (choice.word == WordChoice::kNone && choice.several.empty()) {
    choice = word_within(written->text, words);
    effort = sentence ? Effort::Guess : Effort::Value;
  }
  if (choice.word != WordChoice::kNone)
    return changed(node, NodeKind::Text, words[choice.word], effort);
  if (choice.several.empty()) return expected(type, node);
  std::string all;
  for (size_t word : choice.several)
    all.append(all.empty() ? "" : " or ").append(shown(words[word]));
  return fail(shown(written->text) + " may be " + all);
}

/// Bytes and durations: whatever the strict reader takes for them.
const Node* Coercion::strict_text(const Node& node, const pf_type& type) {
  if (node.kind != NodeKind::Text) return expected(type, node);
  pf_str word = pflow::literal(trimmed(node.text));
  pflow::Text json(pf_json_text(&word, &pflow::kStr, 0));
  alignas(16) char room[sizeof(pf_str)] = {};
  pf_json_problem problem;
  if (!pf_json_decode(&json.get(), &type, room, &problem)) {
    pf_str_release(problem.message);
    return expected(type, node);
  }
  pf_drop_value(room, &type);
  if (word.len == node.text.size()) return &node;
  return changed(node, NodeKind::Text, pflow::view(word), Effort::Spelling);
}

const Node* Coercion::number(const Node& node, const pf_type& type, bool sentence) {
  if (node.cut) return expected(type, node);
  if (node.kind == NodeKind::Number) {
    std::string digits(node.text);
    if (type.kind == PF_FLOAT) return is_finite(digits) ? &node : expected(type, node);
    std::string made = whole(digits);
    if (made == node.text) return &node;
    return made.empty() ? expected(type, node)
                        : changed(node, NodeKind::Number, pool_.keep(made), Effort::Value);
  }
  if (node.kind != NodeKind::Text) return expected(type, node);
  NumberWords words = number_of(node.text);
  if (words.digits.empty() && sentence) words = number_within(node.text);
  if (!words.other.empty())
    return fail(shown(node.text) + " may be " + words.digits + " or " + words.other);
  return words.digits.empty() ? expected(type, node)
                              : number_text(node, type, std::move(words.digits));
}

const Node* Coercion::number_text(const Node& node, const pf_type& type, std::string digits) {
  if (type.kind == PF_INT)
    digits = whole(digits);
  else if (!is_finite(digits))
    digits.clear();
  if (digits.empty()) return expected(type, node);
  return changed(node, NodeKind::Number, pool_.keep(digits), Effort::Value);
}

const Node* Coercion::boolean(const Node& node, const pf_type& type) {
  if (node.kind == NodeKind::True || node.kind == NodeKind::False) return &node;
  if ((node.kind != NodeKind::Text && node.kind != NodeKind::Number) || (node.cut && node.bare))
    return expected(type, node);
  std::string word = folded(
      node.kind == NodeKind::Text && node.text.size() > 8 ? first_word(node.text) : node.text);
  bool yes = is_one_of(word, kYes);
  if (!yes && !is_one_of(word, kNo)) return expected(type, node);
  return changed(node, yes ? NodeKind::True : NodeKind::False, {}, Effort::Value);
}

}  // namespace pf_models::lenient
