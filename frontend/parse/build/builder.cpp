#include "frontend/parse/build/builder.h"

namespace pflow::parse {

namespace {

/// Operators in a row.
constexpr size_t kMaxOperators = 1000;

}  // namespace

std::string_view Builder::keep(const std::string& text) {
  auto kept = arena.copy(std::vector<char>(text.begin(), text.end()));
  return {kept.data(), kept.size()};
}

bool Builder::enter(size_t levels, Span begin) {
  if (height_ + levels <= kMaxOperators) {
    height_ += levels;
    return true;
  }
  reports.report(diag::expression_too_long, begin, kMaxOperators)
      .label("begins here")
      .help("give a part of it a name with `let`");
  return false;
}

}  // namespace pflow::parse
