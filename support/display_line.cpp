#include "support/display_line.h"

#include <algorithm>

#include "support/display_width.h"

namespace pflow {
namespace {

constexpr size_t kMaxWidth = 140;   // longer lines are cut
constexpr size_t kContext = 30;     // columns shown around a place
constexpr size_t kHead = 60;        // columns shown of a long place's start
constexpr size_t kSmallestGap = 8;  // cutting less gains nothing

}  // namespace

DisplayLine::DisplayLine(std::string_view line, const std::vector<Range>& focus) {
  size_t width = measure(line);
  if (width <= kMaxWidth) return;
  std::vector<Range> kept = kept_columns(focus, width);
  cut(line, kept);
}

size_t DisplayLine::measure(std::string_view line) {
  columns_.reserve(line.size() + 1);
  text_.reserve(line.size());
  size_t column = 0;
  while (!line.empty()) {
    CodePoint point = decode_front(line);
    columns_.insert(columns_.end(), point.length, static_cast<uint32_t>(column));
    std::string shown = visible_form(line, point);
    column += display_width(shown);
    text_ += shown;
    line.remove_prefix(point.length);
  }
  columns_.push_back(static_cast<uint32_t>(column));
  return column;
}

std::vector<DisplayLine::Range> DisplayLine::kept_columns(const std::vector<Range>& focus,
                                                          size_t width) const {
  std::vector<Range> wanted;
  auto keep = [&](size_t from, size_t to) {
    wanted.push_back({from > kContext ? from - kContext : 0, std::min(to + kContext, width)});
  };
  for (Range place : focus) {
    size_t from = column(place.begin);
    size_t to = column(place.end);
    keep(from, std::min(to, from + kHead));
    if (to > from + kHead) keep(to, to);
  }
  if (wanted.empty()) wanted.push_back({0, kMaxWidth - kContext});
  std::sort(wanted.begin(), wanted.end(), [](Range a, Range b) { return a.begin < b.begin; });

  std::vector<Range> kept = {{0, 0}};
  for (Range range : wanted) {
    if (range.begin <= kept.back().end + kSmallestGap)
      kept.back().end = std::max(kept.back().end, range.end);
    else
      kept.push_back(range);
  }
  if (kept.back().end + kSmallestGap >= width) kept.back().end = width;
  return kept;
}

void DisplayLine::cut(std::string_view line, const std::vector<Range>& kept) {
  text_.clear();
  size_t column = 0;
  size_t next = 0;  // the kept range that we are in or wait for
  bool in_gap = false;
  size_t at = 0;
  for (; at < line.size();) {
    CodePoint point = decode_front(line.substr(at));
    size_t natural = columns_[at];
    while (next < kept.size() && natural >= kept[next].end) ++next;
    bool shown = next < kept.size() && natural >= kept[next].begin;
    if (shown) {
      in_gap = false;
    } else if (!in_gap) {
      in_gap = true;
      text_ += "...";
      column += 3;
    }
    size_t here = shown ? column : column - 3;
    std::fill_n(columns_.begin() + static_cast<std::ptrdiff_t>(at), point.length,
                static_cast<uint32_t>(here));
    if (shown) {
      std::string form = visible_form(line.substr(at), point);
      column += display_width(form);
      text_ += form;
    }
    at += point.length;
  }
  columns_.back() = static_cast<uint32_t>(column);
}

}  // namespace pflow
