#include "tools/driver/unified_diff.h"

#include <fmt/format.h>

#include <algorithm>
#include <vector>

namespace pflow {
namespace {

using Lines = std::vector<std::string_view>;

/// With their ends.
Lines lines_of(std::string_view text) {
  Lines lines;
  while (!text.empty()) {
    size_t end = std::min(text.find('\n'), text.size() - 1) + 1;
    lines.push_back(text.substr(0, end));
    text.remove_prefix(end);
  }
  return lines;
}

/// Lines that stand in both texts, in their order, are kept.
struct Kept {
  size_t before;
  size_t after;
};

/// Myers' algorithm: the shortest way from the first lines to the second ones, by steps that take
/// a line of either out. Beyond so many steps nothing counts as kept.
class Comparison {
 public:
  Comparison(const Lines& before, const Lines& after, size_t skip, size_t end)
      : before_(before),
        after_(after),
        skip_(skip),
        width_(static_cast<long>(before.size() - skip - end)),
        height_(static_cast<long>(after.size() - skip - end)) {}

  std::vector<Kept> kept() {
    const long most = std::min(width_ + height_, kMostSteps);
    std::vector<long> reach(static_cast<size_t>(2 * most + 3), 0);
    for (long steps = 0; steps <= most; ++steps) {
      traces_.push_back(reach);
      for (long k = -steps; k <= steps; k += 2) {
        long x = advance(reach, k, steps, most);
        if (x >= width_ && x - k >= height_) return way(steps, most);
      }
    }
    return {};
  }

 private:
  static constexpr long kMostSteps = 2000;

  static size_t slot(long k, long most) { return static_cast<size_t>(k + most + 1); }

  static bool goes_down(const std::vector<long>& reach, long k, long steps, long most) {
    return k == -steps || (k != steps && reach[slot(k - 1, most)] < reach[slot(k + 1, most)]);
  }

  long advance(std::vector<long>& reach, long k, long steps, long most) const {
    long x =
        goes_down(reach, k, steps, most) ? reach[slot(k + 1, most)] : reach[slot(k - 1, most)] + 1;
    while (x < width_ && x - k < height_ && same(x, x - k)) ++x;
    return reach[slot(k, most)] = x;
  }

  [[nodiscard]] bool same(long x, long y) const {
    return before_[skip_ + static_cast<size_t>(x)] == after_[skip_ + static_cast<size_t>(y)];
  }

  /// Back from the end.
  std::vector<Kept> way(long steps, long most) const {
    std::vector<Kept> found;
    long x = width_;
    long y = height_;
    for (; steps >= 0; --steps) {
      const std::vector<long>& reach = traces_[static_cast<size_t>(steps)];
      long k = x - y;
      long from = goes_down(reach, k, steps, most) ? k + 1 : k - 1;
      long before = steps == 0 ? 0 : reach[slot(from, most)];
      long behind = steps == 0 ? 0 : before - from;
      for (; x > before && y > behind; --x, --y)
        found.push_back({skip_ + static_cast<size_t>(x - 1), skip_ + static_cast<size_t>(y - 1)});
      x = before;
      y = behind;
    }
    std::reverse(found.begin(), found.end());
    return found;
  }

  const Lines& before_;
  const Lines& after_;
  size_t skip_;
  long width_;
  long height_;
  std::vector<std::vector<long>> traces_;
};

std::vector<Kept> kept_lines(const Lines& before, const Lines& after) {
  const size_t shorter = std::min(before.size(), after.size());
  size_t skip = 0;
  while (skip < shorter && before[skip] == after[skip]) ++skip;
  size_t end = 0;
  while (end < shorter - skip && before[before.size() - 1 - end] == after[after.size() - 1 - end])
    ++end;
  std::vector<Kept> kept;
  for (size_t i = 0; i < skip; ++i) kept.push_back({i, i});
  for (const Kept& each : Comparison(before, after, skip, end).kept()) kept.push_back(each);
  for (size_t i = end; i > 0; --i) kept.push_back({before.size() - i, after.size() - i});
  return kept;
}

/// Writes hunks: changed lines with three kept ones around them.
class HunkWriter {
 public:
  HunkWriter(const Lines& before, const Lines& after, std::string& out)
      : before_(before), after_(after), out_(out) {}

  /// Up to the lines of `next`, which are kept themselves unless they are behind the end.
  void go_on(Kept next) {
    if (next.before > at_.before || next.after > at_.after) {
      if (open_ && quiet_ > 2 * kContext) close();
      if (!open_) begin();
      quiet_ = 0;
      for (; at_.before < next.before; ++at_.before) put('-', before_[at_.before], old_);
      for (; at_.after < next.after; ++at_.after) put('+', after_[at_.after], new_);
    }
    if (next.before == before_.size()) return;
    if (open_) {
      put(' ', before_[next.before], old_);
      ++new_;
      ++quiet_;
    }
    at_ = {next.before + 1, next.after + 1};
  }

  void close() {
    if (!open_) return;
    const size_t surplus = quiet_ > kContext ? quiet_ - kContext : 0;
    for (size_t i = 0; i < surplus; ++i)
      body_.resize(body_.size() - lengths_[lengths_.size() - 1 - i]);
    old_ -= surplus;
    new_ -= surplus;
    out_ += fmt::format("@@ -{} +{} @@\n", range(start_.before, old_), range(start_.after, new_));
    out_ += body_;
    open_ = false;
  }

 private:
  static constexpr size_t kContext = 3;

  static std::string range(size_t first, size_t count) {
    const size_t shown = count == 0 ? first : first + 1;
    return count == 1 ? fmt::format("{}", shown) : fmt::format("{},{}", shown, count);
  }

  void begin() {
    const size_t context = std::min({kContext, at_.before, at_.after, kept_before()});
    start_ = {at_.before - context, at_.after - context};
    body_.clear();
    lengths_.clear();
    old_ = new_ = 0;
    open_ = true;
    for (size_t i = start_.before; i < at_.before; ++i) {
      put(' ', before_[i], old_);
      ++new_;
    }
  }

  /// Lines before this one that both texts have.
  [[nodiscard]] size_t kept_before() const {
    size_t count = 0;
    while (count < std::min(at_.before, at_.after) &&
           before_[at_.before - 1 - count] == after_[at_.after - 1 - count])
      ++count;
    return count;
  }

  void put(char sign, std::string_view line, size_t& count) {
    const size_t had = body_.size();
    body_ += sign;
    body_ += line;
    if (!line.ends_with('\n')) body_ += "\n\\ No newline at end of file\n";
    lengths_.push_back(body_.size() - had);
    ++count;
  }

  const Lines& before_;
  const Lines& after_;
  std::string& out_;
  std::string body_;
  std::vector<size_t> lengths_;  ///< of what stands in `body_`, a line each
  Kept at_{0, 0};
  Kept start_{0, 0};
  size_t old_ = 0;
  size_t new_ = 0;
  size_t quiet_ = 0;  ///< kept lines since the last changed one
  bool open_ = false;
};

}  // namespace

std::string unified_diff(std::string_view before, std::string_view after, std::string_view name) {
  if (before == after) return {};
  const Lines old_lines = lines_of(before);
  const Lines new_lines = lines_of(after);
  std::string out = fmt::format("--- {}\n+++ {}\n", name, name);
  HunkWriter hunks(old_lines, new_lines, out);
  for (const Kept& each : kept_lines(old_lines, new_lines)) hunks.go_on(each);
  hunks.go_on({old_lines.size(), new_lines.size()});
  hunks.close();
  return out;
}

}  // namespace pflow
