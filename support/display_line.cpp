#include "support/display_line.h"

#include <algorithm>

#include "support/display_width.h"

namespace pflow {
namespace {

using Range = DisplayLine::Range;

constexpr size_t kMaxWidth = 140;   // longer lines are cut
constexpr size_t kContext = 30;     // bytes shown around a place
constexpr size_t kHead = 60;        // bytes shown of a long place's start
constexpr size_t kSmallestGap = 8;  // cutting less gains nothing

bool is_long(std::string_view line) {
  constexpr size_t kMostBytes = 4;  // of one code point
  return line.size() > kMaxWidth * kMostBytes || display_width(visible_text(line)) > kMaxWidth;
}

/// The start of the code point at or before `at`.
size_t code_point_start(std::string_view line, size_t at) {
  for (size_t back = 0; back < 3 && at > 0 && at < line.size(); ++back, --at)
    if ((static_cast<unsigned char>(line[at]) & 0xC0) != 0x80) break;
  return at;
}

/// The parts of a long line that are shown: around the focus, or its start. The
/// cost is that of these parts, however long the line is.
std::vector<Range> kept_parts(std::string_view line, const std::vector<Range>& focus) {
  std::vector<Range> wanted;
  auto keep = [&](size_t from, size_t to) {
    wanted.push_back({code_point_start(line, from > kContext ? from - kContext : 0),
                      code_point_start(line, std::min(to + kContext, line.size()))});
  };
  for (Range place : focus) {
    size_t from = std::min(place.begin, line.size());
    size_t to = std::clamp(place.end, from, line.size());
    keep(from, std::min(to, from + kHead));
    if (to > from + kHead) keep(to, to);
  }
  if (wanted.empty()) keep(0, kMaxWidth - 2 * kContext);
  std::sort(wanted.begin(), wanted.end(), [](Range a, Range b) { return a.begin < b.begin; });

  std::vector<Range> kept = {{0, 0}};
  for (Range range : wanted) {
    if (range.begin <= kept.back().end + kSmallestGap)
      kept.back().end = std::max(kept.back().end, range.end);
    else
      kept.push_back(range);
  }
  if (kept.back().end + kSmallestGap >= line.size()) kept.back().end = line.size();
  return kept;
}

}  // namespace

DisplayLine::DisplayLine(std::string_view line, const std::vector<Range>& focus) {
  if (!is_long(line)) {
    show(line, {0, line.size()});
    return;
  }
  std::vector<Range> kept = kept_parts(line, focus);
  for (size_t i = 0; i < kept.size(); ++i) {
    if (i != 0) elide();
    show(line, kept[i]);
  }
  if (kept.back().end < line.size()) elide();
}

void DisplayLine::show(std::string_view line, Range bytes) {
  Piece& piece = pieces_.emplace_back(Piece{bytes.begin, {}});
  for (size_t at = bytes.begin; at < bytes.end;) {
    std::string_view rest = line.substr(at);
    CodePoint point = decode_front(rest);
    piece.columns.insert(piece.columns.end(), point.length, static_cast<uint32_t>(width_));
    std::string form = visible_form(rest, point);
    width_ += display_width(form);
    text_ += form;
    at += point.length;
  }
  piece.columns.push_back(static_cast<uint32_t>(width_));
}

void DisplayLine::elide() {
  text_ += "...";
  width_ += 3;
}

size_t DisplayLine::column(size_t byte) const {
  auto after = std::upper_bound(pieces_.begin(), pieces_.end(), byte,
                                [](size_t at, const Piece& piece) { return at < piece.begin; });
  const Piece& piece = *std::prev(after);
  return piece.columns[std::min(byte - piece.begin, piece.columns.size() - 1)];
}

}  // namespace pflow
