#include "surroundings.h"

#include <algorithm>

#include "characters.h"

namespace pf_models::lenient {
namespace {

constexpr std::string_view kFence = "```";

Around around(std::string_view text) {
  Around found = Around::Nothing;
  while (!text.empty()) {
    size_t end = std::min(text.find('\n'), text.size());
    std::string_view line = trimmed(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
    if (line.empty()) continue;
    if (!line.starts_with(kFence)) return Around::Prose;
    found = Around::Fence;
  }
  return found;
}

}  // namespace

Around around(std::string_view before, std::string_view behind) {
  return std::max(around(before), around(behind));
}

bool is_separator(std::string_view between) {
  std::string_view left = trimmed(between);
  if (left.starts_with(',')) left = trimmed(left.substr(1));
  return around(left) != Around::Prose;
}

std::string_view without_thoughts(std::string_view text) {
  std::string_view left = trimmed(text);
  for (std::string_view tag : {"<think>", "<thinking>"}) {
    if (!left.starts_with(tag)) continue;
    std::string_view name = tag.substr(1);
    for (size_t at = left.find("</"); at != left.npos; at = left.find("</", at + 2))
      if (left.substr(at + 2).starts_with(name)) return left.substr(at + 2 + name.size());
  }
  return text;
}

std::string_view without_fence(std::string_view text) {
  text = trimmed(text);
  if (text.size() >= 6 && text.starts_with(kFence) && text.ends_with(kFence)) {
    size_t line = text.find('\n');
    std::string_view inside = text.substr(0, text.size() - 3);
    return trimmed(inside.substr(line < inside.size() ? line : 3));
  }
  for (std::string_view mark : {"**", "`", "__"}) {
    bool both = text.size() > 2 * mark.size() && text.starts_with(mark) && text.ends_with(mark);
    if (both) return trimmed(text.substr(mark.size(), text.size() - 2 * mark.size()));
  }
  return text;
}

}  // namespace pf_models::lenient
