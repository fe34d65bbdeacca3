/// What is open at a place of the text: brackets, interpolations and strings.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "frontend/parse/tokens.h"

namespace pflow::parse {

enum class FrameKind : uint8_t { Paren, Bracket, Brace, Interpolation, String, Block, RawBlock };

struct Frame {
  FrameKind kind;
  uint32_t begin;  ///< where it was opened
};

/// The token that closes a frame.
[[nodiscard]] constexpr TokenType closer_of(FrameKind kind) {
  switch (kind) {
    case FrameKind::Paren: return FlowParser::RPAREN;
    case FrameKind::Bracket: return FlowParser::RBRACK;
    case FrameKind::Brace: return FlowParser::RBRACE;
    case FrameKind::Interpolation: return FlowParser::INTERP_CLOSE;
    case FrameKind::String: return FlowParser::STR_CLOSE;
    case FrameKind::Block: return FlowParser::BLOCK_CLOSE;
    case FrameKind::RawBlock: return FlowParser::RAW_BLOCK_CLOSE;
  }
  return 0;
}

[[nodiscard]] constexpr std::string_view opening_text(FrameKind kind) {
  switch (kind) {
    case FrameKind::Paren: return "(";
    case FrameKind::Bracket: return "[";
    case FrameKind::Brace: return "{";
    case FrameKind::Interpolation: return "${";
    case FrameKind::String: return "\"";
    case FrameKind::Block: return "\"\"\"";
    case FrameKind::RawBlock: return "r\"\"\"";
  }
  return "";
}

[[nodiscard]] constexpr std::string_view closing_text(FrameKind kind) {
  switch (kind) {
    case FrameKind::Paren: return ")";
    case FrameKind::Bracket: return "]";
    case FrameKind::Brace:
    case FrameKind::Interpolation: return "}";
    case FrameKind::String: return "\"";
    case FrameKind::Block:
    case FrameKind::RawBlock: return "\"\"\"";
  }
  return "";
}

[[nodiscard]] constexpr bool is_string(FrameKind kind) { return kind >= FrameKind::String; }
/// Frames whose opening switched the lexer's mode.
[[nodiscard]] constexpr bool has_mode(FrameKind kind) { return kind >= FrameKind::Interpolation; }

}  // namespace pflow::parse
