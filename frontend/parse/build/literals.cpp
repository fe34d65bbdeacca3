#include "frontend/parse/build/literals.h"

#include <charconv>
#include <cmath>
#include <limits>

#include "frontend/parse/build/names.h"

namespace pflow::parse {

namespace {

using Tok = FlowParser;
using ast::ExprKind;

std::string without_underscores(std::string_view digits) {
  std::string kept;
  for (char c : digits)
    if (c != '_') kept.push_back(c);
  return kept;
}

/// Nanoseconds of one unit of a duration.
int64_t unit_nanoseconds(std::string_view unit) {
  constexpr int64_t kSecond = 1'000'000'000;
  if (unit == "ms") return 1'000'000;
  if (unit == "s") return kSecond;
  if (unit == "m") return 60 * kSecond;
  return unit == "h" ? 3'600 * kSecond : 86'400 * kSecond;
}

/// `digits` with `unit`, exactly; negative when it does not fit.
int64_t nanoseconds(const std::string& digits, int64_t unit) {
  size_t dot = digits.find('.');
  int64_t whole = 0;
  const char* end = digits.data() + std::min(dot, digits.size());
  if (std::from_chars(digits.data(), end, whole).ec != std::errc()) return -1;
  int64_t total = 0;
  if (__builtin_mul_overflow(whole, unit, &total)) return -1;
  if (dot == std::string::npos) return total;
  for (size_t i = dot + 1; i < digits.size() && unit > 0; ++i) {
    // Units are 10^6 and more times 1, so that the first digits divide them evenly.
    int64_t digit = digits[i] - '0';
    int64_t part = digit * unit / 10;
    unit /= 10;
    if (__builtin_add_overflow(total, part, &total)) return -1;
  }
  return total;
}

}  // namespace

const ast::Expr* int_literal(Builder& b, Span span, bool negated) {
  std::string digits = without_underscores(b.text(span));
  if (negated)
    return b.make<ast::IntExpr>(ExprKind::Int, span, std::numeric_limits<int64_t>::min());
  bool hex = digits.starts_with("0x");
  int64_t value = 0;
  auto parsed = std::from_chars(digits.data() + (hex ? 2 : 0), digits.data() + digits.size(), value,
                                hex ? 16 : 10);
  if (parsed.ec == std::errc()) return b.make<ast::IntExpr>(ExprKind::Int, span, value);
  b.reports.report(diag::number_out_of_range, span, Reports::shorten(b.text(span)), "an `int`")
      .label("an `int` has 64 bits")
      .help("the largest `int` is 9223372036854775807; a `float` is written with a `.`");
  return b.error_expr(span);
}

namespace {

const ast::Expr* float_literal(Builder& b, Span span) {
  std::string digits = without_underscores(b.text(span));
  double value = 0;
  auto parsed = std::from_chars(digits.data(), digits.data() + digits.size(), value);
  // What is too small for a float is zero; from_chars gives no value for either end.
  if (parsed.ec == std::errc::result_out_of_range) value = std::strtod(digits.c_str(), nullptr);
  if (std::isfinite(value)) return b.make<ast::FloatExpr>(ExprKind::Float, span, value);
  b.reports.report(diag::number_out_of_range, span, Reports::shorten(b.text(span)), "a `float`")
      .label("too large")
      .help("the largest `float` is about 1.8e308");
  return b.error_expr(span);
}

const ast::Expr* duration_literal(Builder& b, Span span) {
  std::string digits = without_underscores(b.text(span));
  size_t unit = digits.find_first_not_of("0123456789.");
  int64_t value = nanoseconds(digits.substr(0, unit), unit_nanoseconds(digits.substr(unit)));
  if (value >= 0) return b.make<ast::DurationExpr>(ExprKind::Duration, span, value);
  b.reports.report(diag::number_out_of_range, span, Reports::shorten(b.text(span)), "a `duration`")
      .label("too long")
      .help("the longest `duration` is about 292 years");
  return b.error_expr(span);
}

}  // namespace

const ast::Expr* build_literal(Builder& b, const antlr4::Token& token) {
  Span place = b.span(token);
  switch (type_of(token)) {
    case Tok::INT: return int_literal(b, place, false);
    case Tok::FLOAT: return float_literal(b, place);
    case Tok::DURATION: return duration_literal(b, place);
    case Tok::TRUE: return b.make<ast::BoolExpr>(ExprKind::Bool, place, true);
    case Tok::FALSE: return b.make<ast::BoolExpr>(ExprKind::Bool, place, false);
    case Tok::NONE: return b.make<ast::NoneExpr>(ExprKind::None, place);
    case Tok::NAME: return b.make<ast::NameExpr>(ExprKind::Name, place, name_of(b, token).symbol);
    default: return b.error_expr(place);
  }
}

}  // namespace pflow::parse
