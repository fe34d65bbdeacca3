/// Decodes the text of a string literal: escapes, and the layout of `"""`.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "frontend/parse/reports.h"

namespace pflow::parse {

/// A piece of literal text in the source, or (at `value`) an interpolation.
struct TextPiece {
  Span span;
  bool escape = false;
  bool value = false;
};

/// The decoded text of an escape such as `\n`; reports an unknown one.
std::string decode_escape(std::string_view escape, Span span, Reports& reports);

/// Takes the layout of a `"""` string out of its pieces: the newlines beside the
/// quotes and the indentation of the closing line. The result has one text for
/// each piece that is literal and no escape, in order.
std::vector<std::string> dedent(const std::vector<TextPiece>& pieces, Span close,
                                std::string_view source, Reports& reports);

}  // namespace pflow::parse
