#include <charconv>
#include <cmath>
#include <limits>

#include "frontend/parse/build.h"
#include "frontend/parse/template_text.h"

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

const ast::Expr* Builder::literal(const antlr4::Token& token) {
  Span place = span(token);
  switch (type_of(token)) {
    case Tok::INT: return int_literal(place, false);
    case Tok::FLOAT: return float_literal(place);
    case Tok::DURATION: return duration_literal(place);
    case Tok::TRUE: return make<ast::BoolExpr>(ExprKind::Bool, place, true);
    case Tok::FALSE: return make<ast::BoolExpr>(ExprKind::Bool, place, false);
    case Tok::NONE: return make<ast::NoneExpr>(ExprKind::None, place);
    case Tok::NAME: return make<ast::NameExpr>(ExprKind::Name, place, name(token).symbol);
    default: return error_expr(place);
  }
}

const ast::Expr* Builder::int_literal(Span span, bool negated) {
  std::string digits = without_underscores(text(span));
  if (negated) return make<ast::IntExpr>(ExprKind::Int, span, std::numeric_limits<int64_t>::min());
  bool hex = digits.starts_with("0x");
  int64_t value = 0;
  auto parsed = std::from_chars(digits.data() + (hex ? 2 : 0), digits.data() + digits.size(), value,
                                hex ? 16 : 10);
  if (parsed.ec == std::errc()) return make<ast::IntExpr>(ExprKind::Int, span, value);
  reports_->report(diag::number_out_of_range, span, Reports::shorten(text(span)), "an `int`")
      .label("an `int` has 64 bits")
      .help("the largest `int` is 9223372036854775807; a `float` is written with a `.`");
  return error_expr(span);
}

const ast::Expr* Builder::float_literal(Span span) {
  std::string digits = without_underscores(text(span));
  double value = 0;
  auto parsed = std::from_chars(digits.data(), digits.data() + digits.size(), value);
  // What is too small for a float is zero; from_chars gives no value for either end.
  if (parsed.ec == std::errc::result_out_of_range) value = std::strtod(digits.c_str(), nullptr);
  if (std::isfinite(value)) return make<ast::FloatExpr>(ExprKind::Float, span, value);
  reports_->report(diag::number_out_of_range, span, Reports::shorten(text(span)), "a `float`")
      .label("too large")
      .help("the largest `float` is about 1.8e308");
  return error_expr(span);
}

const ast::Expr* Builder::duration_literal(Span span) {
  std::string digits = without_underscores(text(span));
  size_t unit = digits.find_first_not_of("0123456789.");
  int64_t value = nanoseconds(digits.substr(0, unit), unit_nanoseconds(digits.substr(unit)));
  if (value >= 0) return make<ast::DurationExpr>(ExprKind::Duration, span, value);
  reports_->report(diag::number_out_of_range, span, Reports::shorten(text(span)), "a `duration`")
      .label("too long")
      .help("the longest `duration` is about 292 years");
  return error_expr(span);
}

namespace {

/// The pieces of a literal as the source has them; `values` are in order.
struct Pieces {
  std::vector<TextPiece> all;
  std::vector<FlowParser::ExprContext*> values;
};

}  // namespace

/// Joins what stands between two interpolations to one part.
class TemplateText {
 public:
  TemplateText(Builder& builder, FlowParser::TextLiteralContext& context)
      : builder_(&builder), context_(&context) {
    TokenType open = Builder::type_of(*context.open);
    raw_ = open == Tok::RAW_STR || open == Tok::RAW_BLOCK_OPEN;
    block_ = open == Tok::BLOCK_OPEN || open == Tok::RAW_BLOCK_OPEN;
  }

  const ast::Expr* run() {
    if (Builder::type_of(*context_->open) == Tok::RAW_STR)
      add_raw_line();
    else
      add_pieces();
    flush();
    return builder_->make<ast::TemplateExpr>(
        ExprKind::Template, builder_->span(*context_),
        std::span<const ast::TemplatePart>(builder_->arena_->copy(parts_)), raw_, block_);
  }

 private:
  void add_raw_line() {
    Span whole = builder_->span(*context_->open);
    Span inner{whole.file, whole.begin + 2, whole.end - 1};
    if (inner.begin < inner.end) add_text(builder_->text(inner), inner);
  }

  void add_pieces() {
    Pieces pieces = collect();
    std::vector<std::string> dedented;
    if (block_)
      dedented = dedent(pieces.all, builder_->span(*context_->close), builder_->text_,
                        *builder_->reports_);
    size_t value = 0;
    size_t text = 0;
    for (const TextPiece& piece : pieces.all) {
      if (piece.value)
        add_value(*pieces.values[value++], piece.span);
      else if (piece.escape)
        add_text(decode_escape(builder_->text(piece.span), piece.span, *builder_->reports_),
                 piece.span);
      else
        add_text(block_ ? dedented[text++] : builder_->text(piece.span), piece.span);
    }
  }

  Pieces collect() {
    Pieces pieces;
    for (auto* part : context_->parts) {
      TextPiece piece{builder_->span(*part)};
      piece.value = part->value != nullptr;
      piece.escape = !piece.value && Builder::type_of(*part->text) == Tok::STR_ESCAPE;
      if (piece.value) pieces.values.push_back(part->value);
      pieces.all.push_back(piece);
    }
    return pieces;
  }

  void add_text(std::string_view text, Span span) {
    span_ = join(span_, span);
    single_ =
        pending_.empty() && text.data() == builder_->text(span).data() ? text : std::string_view();
    pending_ += text;
  }

  void add_value(FlowParser::ExprContext& value, Span span) {
    flush();
    parts_.push_back({{}, builder_->expr(value), span});
  }

  void flush() {
    // Text that the source has as it is needs no copy.
    std::string_view kept = single_.data() != nullptr ? single_ : builder_->keep(pending_);
    if (!kept.empty()) parts_.push_back({kept, nullptr, span_});
    pending_.clear();
    single_ = {};
    span_ = {};
  }

  Builder* builder_;
  FlowParser::TextLiteralContext* context_;
  bool raw_;
  bool block_;
  std::string pending_;
  std::string_view single_;
  Span span_;
  std::vector<ast::TemplatePart> parts_;
};

const ast::Expr* Builder::text_literal(FlowParser::TextLiteralContext& context) {
  return TemplateText(*this, context).run();
}

std::string_view Builder::plain_text(FlowParser::TextLiteralContext& context) {
  const auto& made = ast::as<ast::TemplateExpr>(*text_literal(context));
  if (made.is_literal()) return made.literal();
  for (const ast::TemplatePart& part : made.parts)
    if (part.value != nullptr)
      reports_->report(diag::not_a_plain_string, part.span)
          .label("known only at run time")
          .help("write the text itself; a literal `${` is `\\${`");
  return "";
}

}  // namespace pflow::parse
