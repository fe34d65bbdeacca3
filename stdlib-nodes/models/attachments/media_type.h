/// The media types of what a model may be shown beside text.
#pragma once

#include <stdint.h>

#include <optional>
#include <string>
#include <string_view>

namespace pf_models {

/// Bits, of which what a model takes is a set.
enum class MediaKind : uint8_t { Image = 1, Pdf = 2, Audio = 4 };

/// The type that the first bytes tell; empty when they tell none.
std::string_view media_type_of(std::string_view bytes);
/// The type that the ending of an address tells; empty when it tells none.
std::string_view media_type_by_ending(std::string_view url);
/// A type as providers call it, in small letters, of which others have other words.
std::string canonical_media_type(std::string_view type);

std::optional<MediaKind> media_kind(std::string_view type);

/// Whether a text is an address of the web, and no path.
bool is_web_address(std::string_view text);

}  // namespace pf_models
