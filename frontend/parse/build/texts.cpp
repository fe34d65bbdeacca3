#include "frontend/parse/build/texts.h"

#include "frontend/parse/template_text.h"

namespace pflow::parse {

namespace {

using Tok = FlowParser;
using ast::ExprKind;

/// The pieces of a literal as the source has them; `values` are in order.
struct Pieces {
  std::vector<TextPiece> all;
  std::vector<FlowParser::ExprContext*> values;
};

/// Joins what stands between two interpolations to one part.
class TemplateText {
 public:
  TemplateText(Builder& builder, FlowParser::TextLiteralContext& context)
      : builder_(&builder), context_(&context) {
    TokenType open = type_of(*context.open);
    raw_ = open == Tok::RAW_STR || open == Tok::RAW_BLOCK_OPEN;
    block_ = open == Tok::BLOCK_OPEN || open == Tok::RAW_BLOCK_OPEN;
  }

  const ast::Expr* run() {
    if (type_of(*context_->open) == Tok::RAW_STR)
      add_raw_line();
    else
      add_pieces();
    flush();
    return builder_->make<ast::TemplateExpr>(
        ExprKind::Template, builder_->span(*context_),
        std::span<const ast::TemplatePart>(builder_->arena.copy(parts_)), raw_, block_);
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
      dedented =
          dedent(pieces.all, builder_->span(*context_->close), builder_->source, builder_->reports);
    size_t value = 0;
    size_t text = 0;
    for (const TextPiece& piece : pieces.all) {
      if (piece.value)
        add_value(*pieces.values[value++], piece.span);
      else if (piece.escape)
        add_text(decode_escape(builder_->text(piece.span), piece.span, builder_->reports),
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
      piece.escape = !piece.value && type_of(*part->text) == Tok::STR_ESCAPE;
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

}  // namespace

const ast::Expr* text_literal(Builder& b, FlowParser::TextLiteralContext& context) {
  return TemplateText(b, context).run();
}

std::string_view plain_text(Builder& b, FlowParser::TextLiteralContext& context) {
  const auto& made = ast::as<ast::TemplateExpr>(*text_literal(b, context));
  if (made.is_literal()) return made.literal();
  for (const ast::TemplatePart& part : made.parts)
    if (part.value != nullptr)
      b.reports.report(diag::not_a_plain_string, part.span)
          .label("known only at run time")
          .help("write the text itself; a literal `${` is `\\${`");
  return "";
}

}  // namespace pflow::parse
