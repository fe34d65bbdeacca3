#include "media_type.h"

#include <algorithm>
#include <array>

namespace pf_models {
namespace {

struct MediaType {
  std::string_view type;
  MediaKind kind;
  std::string_view endings;
};

struct Mark {
  std::string_view type, begin;
  size_t at;
  std::string_view more;
};

/// A literal, with the zero bytes in it.
template <size_t N>
constexpr std::string_view bytes_of(const char (&literal)[N]) {
  return {literal, N - 1};
}

constexpr auto kTypes = std::to_array<MediaType>({
#define PFLOW_MEDIA_TYPE(type, kind, endings) {type, MediaKind::kind, endings},
#define PFLOW_MEDIA_MARK(type, begin, at, more)
#include "media_types.def"
});

constexpr auto kMarks = std::to_array<Mark>({
#define PFLOW_MEDIA_TYPE(type, kind, endings)
#define PFLOW_MEDIA_MARK(type, begin, at, more) {type, bytes_of(begin), at, bytes_of(more)},
#include "media_types.def"
});

struct Synonym {
  std::string_view word, type;
};

constexpr Synonym kSynonyms[] = {
    {"image/jpg", "image/jpeg"},    {"audio/mp3", "audio/mpeg"},
    {"audio/wave", "audio/wav"},    {"audio/x-wav", "audio/wav"},
    {"audio/x-flac", "audio/flac"}, {"audio/x-m4a", "audio/m4a"},
    {"audio/mp4", "audio/m4a"},     {"application/x-pdf", "application/pdf"},
};

std::string lower(std::string_view text) {
  std::string made(text);
  for (char& c : made)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  return made;
}

bool stands_at(std::string_view bytes, size_t at, std::string_view wanted) {
  if (bytes.size() < at + wanted.size()) return false;
  for (size_t i = 0; i < wanted.size(); ++i)
    if (wanted[i] != '?' && bytes[at + i] != wanted[i]) return false;
  return true;
}

}  // namespace

std::string_view media_type_of(std::string_view bytes) {
  for (const Mark& mark : kMarks)
    if (stands_at(bytes, 0, mark.begin) && stands_at(bytes, mark.at, mark.more)) return mark.type;
  return "";
}

std::string_view media_type_by_ending(std::string_view url) {
  url = url.substr(0, url.find_first_of("?#"));
  size_t slash = url.rfind('/'), dot = url.rfind('.');
  if (dot == url.npos || (slash != url.npos && dot < slash)) return "";
  std::string ending = lower(url.substr(dot)) + " ";
  for (const MediaType& type : kTypes)
    if (type.endings.find(ending) != type.endings.npos) return type.type;
  return "";
}

std::string canonical_media_type(std::string_view type) {
  std::string word = lower(type.substr(0, type.find(';')));
  while (word.ends_with(' ')) word.pop_back();
  const auto* synonym = std::ranges::find(kSynonyms, word, &Synonym::word);
  return synonym == std::end(kSynonyms) ? word : std::string(synonym->type);
}

std::optional<MediaKind> media_kind(std::string_view type) {
  const auto* found = std::ranges::find(kTypes, type, &MediaType::type);
  if (found != kTypes.end()) return found->kind;
  if (type.starts_with("image/")) return MediaKind::Image;
  if (type.starts_with("audio/")) return MediaKind::Audio;
  return std::nullopt;
}

bool is_web_address(std::string_view text) {
  std::string begin = lower(text.substr(0, 8));
  return begin.starts_with("http://") || begin == "https://";
}

}  // namespace pf_models
