#include "frontend/parse/build/foreign.h"

#include <algorithm>

#include "frontend/ast/foreign_kinds.h"
#include "frontend/parse/build/attributes.h"
#include "frontend/parse/build/literals.h"
#include "frontend/parse/build/texts.h"

namespace pflow::parse {

namespace {

using ast::ForeignKind;
using ast::ForeignOption;

/// The first kind where none has this name, which is reported.
const ForeignKind& kind_named(Builder& b, const antlr4::Token& word) {
  const Span place = b.span(word);
  const std::string_view written = b.text(place);
  std::vector<std::string_view> names;
  for (const ForeignKind& kind : ast::foreign_kinds()) {
    if (kind.word == written) return kind;
    names.push_back(kind.word);
  }
  auto report = b.reports.report(diag::unknown_foreign_kind, place, Reports::shorten(written));
  report.label("carries out no nodes");
  const std::string_view near = nearest_name(written, names);
  if (!near.empty())
    report.help(fmt::format("a word with a similar name exists: `{}`", near),
                {place, std::string(near)});
  else
    report.help(fmt::format("what may stand here is `{}`", fmt::join(names, "`, `")));
  return ast::foreign_kinds().front();
}

void report_unknown_option(Builder& b, const ForeignKind& kind, Span name) {
  std::vector<std::string_view> names;
  for (const ForeignOption& option : kind.options) names.push_back(option.name);
  auto report =
      b.reports.report(diag::unexpected_token, name, fmt::format("an option of `{}`", kind.word),
                       fmt::format("`{}`", Reports::shorten(b.text(name))));
  report.label("no option of this name");
  const std::string_view near = nearest_name(b.text(name), names);
  if (!near.empty())
    report.help(fmt::format("an option with a similar name exists: `{}`", near),
                {name, std::string(near)});
  else if (!names.empty())
    report.help(fmt::format("its options are `{}`", fmt::join(names, "`, `")));
}

/// What is written for the option, which is above 0; else it is reported.
int64_t option_value(Builder& b, const ForeignOption& option, const antlr4::Token& token) {
  const Span place = b.span(token);
  const bool fits = (type_of(token) == FlowParser::DURATION) == option.is_duration;
  if (fits) {
    const ast::Expr* value = build_literal(b, token);
    if (value->kind == ast::ExprKind::Error) return option.value;
    const int64_t number = option.is_duration ? ast::as<ast::DurationExpr>(*value).nanoseconds
                                              : ast::as<ast::IntExpr>(*value).value;
    if (number > 0) return number;
  }
  b.reports
      .report(diag::unexpected_token, place,
              option.is_duration ? "a duration above 0" : "a number above 0",
              fmt::format("`{}`", Reports::shorten(b.text(place))))
      .label(fmt::format("the value of `{}`", option.name));
  return option.value;
}

void set_option(Builder& b, const ForeignKind& kind, FlowParser::ForeignArgumentContext& context,
                std::vector<int64_t>& values) {
  const Span name = b.span(*context.name);
  auto found = std::ranges::find(kind.options, b.text(name), &ForeignOption::name);
  if (found == kind.options.end()) return report_unknown_option(b, kind, name);
  values[static_cast<size_t>(found - kind.options.begin())] =
      option_value(b, *found, *context.value);
}

/// The attributes that say something of a node whose code is elsewhere.
constexpr std::string_view kAttributes[] = {"effects",    "errors",  "actions", "retries",
                                            "repeatable", "version", "keys"};

void foreign_attribute(Builder& b, FlowParser::AttributeContext& context, ast::ExternDecl& decl) {
  const Span word = b.span(*context.name);
  const std::string_view found = b.text(word);
  if (std::ranges::find(kAttributes, found) != std::end(kAttributes))
    return attribute(b, context, decl);
  auto report = b.reports.report(diag::unknown_attribute, word, Reports::shorten(found));
  report.label("no attribute of such a node");
  const std::string_view near =
      nearest_name(found, {std::begin(kAttributes), std::end(kAttributes)});
  if (!near.empty())
    report.help(fmt::format("an attribute with a similar name exists: `{}`", near),
                {word, std::string(near)});
  else
    report.help(fmt::format("attributes are `{}`", fmt::join(kAttributes, "`, `")));
}

}  // namespace

void foreign(Builder& b, FlowParser::ForeignHeadContext& context, ast::ExternDecl& decl) {
  const ForeignKind& kind = kind_named(b, *context.kind);
  auto* made = b.arena.make<ast::Foreign>();
  made->kind = &kind;
  made->span = join(b.span(*context.kind), b.span(*context.close));
  std::vector<std::string_view> words;
  std::vector<int64_t> options;
  for (const ForeignOption& option : kind.options) options.push_back(option.value);
  for (auto* each : context.arguments) {
    if (each->text != nullptr)
      words.push_back(plain_text(b, *each->text));
    else
      set_option(b, kind, *each, options);
  }
  if (words.empty() || words.front().empty())
    b.reports.report(diag::unexpected_token, made->span, std::string(kind.first), "none")
        .label(fmt::format("{} stands first", kind.first))
        .help(fmt::format("as in `{}`", kind.example));
  made->words = b.arena.copy(words);
  made->options = b.arena.copy(options);
  decl.foreign = made;
  decl.attributes.async = decl.attributes.preflight = decl.attributes.settings = true;
  decl.attributes.effects = kind.effects;
  for (auto* each : context.attributes) foreign_attribute(b, *each, decl);
}

}  // namespace pflow::parse
