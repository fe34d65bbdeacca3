#include "frontend/parse/build/attributes.h"

#include <algorithm>

#include "frontend/ast/effects.h"
#include "frontend/parse/build/literals.h"
#include "frontend/parse/build/texts.h"

namespace pflow::parse {

namespace {

/// The number of `retries(n)` or `version(n)`.
struct NumberAttribute {
  std::string_view label;
  std::string_view help;
  std::string_view example;
};

void number(Builder& b, FlowParser::AttributeContext& context, const NumberAttribute& what,
            int64_t& out) {
  const antlr4::Token* number =
      context.arguments.size() == 1 ? context.arguments[0]->number : nullptr;
  if (number != nullptr) {
    const ast::Expr* read = int_literal(b, b.span(*number), false);
    if (read->kind == ast::ExprKind::Int) out = ast::as<ast::IntExpr>(*read).value;
    return;
  }
  Span word = b.span(*context.name);
  b.reports
      .report(diag::unexpected_token, word, fmt::format("a number in `{}(…)`", b.text(word)),
              "none")
      .label(std::string(what.label))
      .help(std::string(what.help), {b.span(context), std::string(what.example)});
}

void effects(Builder& b, FlowParser::AttributeContext& context, ast::Attributes& attributes) {
  for (auto* each : context.arguments) {
    Span place = b.span(*each);
    std::string written(each->first != nullptr ? b.text(b.span(*each->first)) : b.text(place));
    if (each->second != nullptr) written += fmt::format(".{}", b.text(b.span(*each->second)));
    uint16_t bit = 0;
    std::vector<std::string_view> names;
    for (const ast::EffectName& row : ast::effect_names()) {
      names.push_back(row.name);
      if (row.name == written) bit = row.bit;
    }
    attributes.effects |= bit;
    if (bit != 0) continue;
    auto report = b.reports.report(diag::unknown_effect, place, Reports::shorten(b.text(place)));
    report.label("no effect of this name");
    std::string_view near = nearest_name(b.text(place), names);
    if (!near.empty())
      report.help(fmt::format("an effect with a similar name exists: `{}`", near),
                  {place, std::string(near)});
    else
      report.help(fmt::format("effects are `{}`", fmt::join(names, " ")));
  }
}

constexpr std::string_view kErrorKinds[] = {
#define PF_ERROR_KIND(NAME, word, number, tries) #word,
#include "runtime/include/pflow/tables/error_kinds.def"
};

void errors(Builder& b, FlowParser::AttributeContext& context, ast::Attributes& attributes) {
  std::vector<std::string_view> kinds;
  for (auto* each : context.arguments) {
    Span place = b.span(*each);
    std::string_view written = b.text(place);
    if (std::ranges::find(kErrorKinds, written) != std::end(kErrorKinds)) {
      kinds.push_back(written);
      continue;
    }
    auto report = b.reports.report(diag::unexpected_token, place, "a kind of error",
                                   fmt::format("`{}`", Reports::shorten(written)));
    report.label("no kind of this name");
    std::string_view near = nearest_name(written, {std::begin(kErrorKinds), std::end(kErrorKinds)});
    if (!near.empty())
      report.help(fmt::format("a kind with a similar name exists: `{}`", near),
                  {place, std::string(near)});
    else
      report.help(fmt::format("the kinds are `{}`", fmt::join(kErrorKinds, " ")));
  }
  attributes.errors = b.arena.copy(kinds);
}

/// A name of a key is one of a variable, too.
bool is_key_name(std::string_view name) {
  return !name.empty() && std::ranges::all_of(name, [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
           c == '-' || c == '.';
  });
}

void keys(Builder& b, FlowParser::AttributeContext& context, ast::Attributes& attributes) {
  std::vector<std::string_view> names;
  for (auto* each : context.arguments) {
    std::string_view name = each->text != nullptr ? plain_text(b, *each->text) : std::string_view();
    if (is_key_name(name)) {
      names.push_back(name);
      continue;
    }
    b.reports
        .report(diag::unexpected_token, b.span(*each), "the name of a key in quotes",
                fmt::format("`{}`", Reports::shorten(b.text(b.span(*each)))))
        .label("names no key")
        .help("as in `keys(\"slack\")`: the key `slack`, or the variable SLACK_API_KEY");
  }
  attributes.keys = b.arena.copy(names);
}

}  // namespace

void attribute(Builder& b, FlowParser::AttributeContext& context, ast::ExternDecl& decl) {
  ast::Attributes& attributes = decl.attributes;
  Span word = b.span(*context.name);
  std::string_view found = b.text(word);
  if (found == "async")
    attributes.async = true;
  else if (found == "blocking")
    attributes.blocking = true;
  else if (found == "preflight")
    attributes.preflight = true;
  else if (found == "effects")
    effects(b, context, attributes);
  else if (found == "retries")
    number(b, context, {"how many retries", "further tries after the first", "retries(2)"},
           attributes.retries);
  else if (found == "settings")
    attributes.settings = true;
  else if (found == "scripted")
    attributes.scripted = true;
  else if (found == "offline")
    attributes.offline = true;
  else if (found == "repeatable")
    attributes.repeatable = true;
  else if (found == "loaders")
    attributes.loaders = true;
  else if (found == "version")
    number(b, context,
           {"which version", "raised when it gives something else for the same arguments",
            "version(2)"},
           attributes.version);
  else if (found == "actions") {
    std::vector<std::string_view> actions;
    for (auto* each : context.arguments)
      if (each->text != nullptr) actions.push_back(plain_text(b, *each->text));
    attributes.actions = b.arena.copy(actions);
  } else if (found == "errors") {
    errors(b, context, attributes);
  } else if (found == "keys") {
    keys(b, context, attributes);
  } else {
    auto report = b.reports.report(diag::unknown_attribute, word, Reports::shorten(found));
    report.label("no attribute of a node");
    std::string_view near = nearest_name(
        found, {"async", "blocking", "preflight", "settings", "scripted", "offline", "repeatable",
                "loaders", "effects", "actions", "errors", "keys", "retries", "version"});
    if (!near.empty())
      report.help(fmt::format("an attribute with a similar name exists: `{}`", near),
                  {word, std::string(near)});
    else if (found == "pure")
      report.help("`pure` stands before `extern`");
    else
      report.help(
          "attributes are `effects(…)`, `async`, `blocking`, `preflight`, `settings`, "
          "`scripted`, `offline`, `repeatable`, `loaders`, `retries(…)`, `version(…)`, `keys(…)` "
          "and "
          "`actions(…)`");
  }
}

}  // namespace pflow::parse
