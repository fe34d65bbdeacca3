#include "place.h"

#include <algorithm>
#include <ranges>
#include <vector>

#include "characters.h"

namespace pf_models::lenient {
namespace {

bool is_name(std::string_view key) {
  if (key.empty() || is_digit(key[0])) return false;
  return std::ranges::all_of(key, [](char c) { return is_letter(c) || is_digit(c) || c == '_'; });
}

}  // namespace

std::string shown(std::string_view text) {
  constexpr size_t kShown = 40;
  std::string_view part = text.substr(0, kShown);
  if (part.size() < text.size())
    while (!part.empty() && (text[part.size()] & 0xc0) == 0x80) part.remove_suffix(1);
  std::string made = "\"";
  for (char c : part) {
    if (c == '"' || c == '\\') made += '\\';
    if (c == '\n')
      made += "\\n";
    else
      made += static_cast<unsigned char>(c) < 0x20 ? ' ' : c;
  }
  made += '"';
  return part.size() < text.size() ? made + "..." : made;
}

std::string place_of(const Step* step) {
  std::vector<const Step*> steps;
  for (; step; step = step->outer) steps.push_back(step);
  std::string made = "$";
  for (const Step* each : std::ranges::reverse_view(steps)) {
    if (each->index >= 0)
      made.append("[").append(std::to_string(each->index)).append("]");
    else if (is_name(each->key))
      made.append(".").append(each->key);
    else
      made.append("[").append(shown(each->key)).append("]");
  }
  return made;
}

}  // namespace pf_models::lenient
