#include "frontend/parse/parse.h"

#include "frontend/parse/build/bodies.h"
#include "frontend/parse/build/decls.h"
#include "frontend/parse/build/exprs.h"
#include "frontend/parse/build/modules.h"
#include "frontend/parse/build/names.h"
#include "frontend/parse/build/statements.h"
#include "frontend/parse/build/value_blocks.h"
#include "frontend/parse/lex.h"
#include "frontend/parse/source_text.h"
#include "frontend/parse/statement_parser.h"
#include "frontend/parse/syntax_reports.h"

namespace pflow {

namespace parse {

namespace {

using Tok = FlowParser;

bool ends_statement(TokenType type) {
  return type == Tok::NL || type == Tok::SEMI || type == Tok::RBRACE || type == kEndOfFile;
}
bool ends_item(TokenType type) {
  return type == Tok::NL || type == Tok::SEMI || type == kEndOfFile;
}
bool ends_node_head(TokenType type) { return type == Tok::LBRACE || type == Tok::ASSIGN; }
bool ends_flow_head(TokenType type) { return type == Tok::LBRACE; }

constexpr std::string_view kEdition = "2026";

bool begins_short_string(TokenType type) { return type == Tok::STR_OPEN || type == Tok::RAW_STR; }

bool begins_statement(TokenType type) {
  return type == Tok::FLOW || type == Tok::NODE || type == Tok::SCHEMA || type == Tok::EXTERN ||
         type == Tok::IMPORT || type == Tok::LET || type == Tok::RETURN;
}

bool opens_group(TokenType type) {
  return type == Tok::LPAREN || type == Tok::LBRACK || type == Tok::LBRACE ||
         type == Tok::INTERP_OPEN;
}
bool closes_group(TokenType type) {
  return type == Tok::RPAREN || type == Tok::RBRACK || type == Tok::RBRACE ||
         type == Tok::INTERP_CLOSE;
}

/// Goes over a file item by item, and over bodies statement by statement, so
/// that one mistake costs one statement and a tree is never larger than one.
class FileParser {
 public:
  FileParser(ast::File& file, FileRole role, std::string_view text, Lexed& lexed, Interner& names,
             Reports& reports, ParseIds& ids)
      : file_(&file),
        role_(role),
        text_(text),
        reports_(&reports),
        tokens_(lexed.tokens),
        grammar_(tokens_),
        builder_(text, file.arena, names, reports, ids, lexed, {build_expr, build_statement}),
        syntax_(text, lexed, reports) {}

  void run() {
    note_import_names();
    for (;;) {
      skip_separators();
      if (tokens_.peek().type() == kEndOfFile || stopped()) break;
      item();
    }
    check_chain();
  }

 private:
  /// An import may stand behind what uses its name.
  void note_import_names() {
    for (size_t i = 0; tokens_.at(i).type() != kEndOfFile; ++i) {
      bool first = i == 0 || ends_item(tokens_.at(i - 1).type());
      if (!first || tokens_.at(i).type() != Tok::IMPORT) continue;
      if (tokens_.at(i + 1).type() != Tok::NAME && !begins_short_string(tokens_.at(i + 1).type()))
        continue;
      const FlowToken* name = tokens_.at(i + 1).type() == Tok::NAME ? &tokens_.at(i + 1) : nullptr;
      for (; !ends_item(tokens_.at(i).type()); ++i)
        if (tokens_.at(i).type() == Tok::AS && tokens_.at(i + 1).type() == Tok::NAME)
          name = &tokens_.at(i + 1);
      if (name != nullptr) builder_.import_names.insert(name_of(builder_, *name).symbol);
      --i;
    }
  }

  bool stopped() {
    if (!reports_->full()) return false;
    uint32_t at = tokens_.peek().begin();
    reports_->report(diag::too_many_errors, reports_->span(at, at));
    return true;
  }

  void item() {
    const FlowToken& first = tokens_.peek();
    const FlowToken& second = tokens_.peek(1);
    uint32_t begin = first.index();
    bool name = first.type() == Tok::NAME;
    if (first.type() == Tok::FLOW) return flow(begin);
    if (name && text(first) == "durable" && second.type() == Tok::FLOW) return flow(begin);
    if (first.type() == Tok::NODE) return node(begin);
    if (first.type() == Tok::IMPORT) return import(begin);
    if (name && text(first) == "test" && begins_short_string(second.type())) return test(begin);
    if (name && text(first) == "edition" && second.type() == Tok::INT) return edition();
    if (first.type() == Tok::SCHEMA) {
      if (auto* context = run(&FlowParser::schemaDecl, ends_item, begin))
        file_->decls.push_back(schema_decl(builder_, *context));
    } else if (first.type() == Tok::EXTERN || (name && second.type() == Tok::EXTERN)) {
      extern_node(begin);
    } else if (name && text(first) == "type" &&
               (second.type() == Tok::NAME || second.type() == Tok::UNAME)) {
      if (auto* context = run(&FlowParser::aliasDecl, ends_item, begin))
        file_->decls.push_back(alias_decl(builder_, *context));
    } else if (name && text(first) == "alias" &&
               (second.type() == Tok::NAME || second.type() == Tok::UNAME)) {
      if (auto* context = run(&FlowParser::nodeAliasDecl, ends_item, begin))
        file_->decls.push_back(node_alias_decl(builder_, *context));
    } else {
      top_level_statement(begin);
    }
  }

  void flow(uint32_t begin) {
    auto* context = run(&FlowParser::flowHead, ends_flow_head, begin);
    if (context == nullptr) return;
    ast::FlowDecl* made = flow_head(builder_, *context);
    if (role_ == FileRole::Interface)
      reports_->report(diag::misplaced_item, made->span, "a flow", "an interface file")
          .label("belongs into a program");
    flow_body(*made);
  }

  void test(uint32_t begin) {
    auto* context = run(&FlowParser::testHead, ends_flow_head, begin);
    if (context == nullptr) return;
    ast::TestDecl* made = test_head(builder_, *context);
    if (role_ == FileRole::Interface)
      reports_->report(diag::misplaced_item, made->span, "a test", "an interface file")
          .label("belongs into a program");
    builder_.in_test = true;
    flow_body(*made);
    builder_.in_test = false;
  }

  void flow_body(ast::FlowDecl& made) {
    std::vector<ast::Statement*> statements;
    uint32_t open = tokens_.peek().begin();
    body([&](FlowParser::StatementContext& each) {
      if (ast::Statement* statement = builder_.statement(each)) statements.push_back(statement);
    });
    Span place = reports_->span(open, last_end());
    made.body = build_block(builder_, statements, place);
    made.span = join(made.span, place);
    end_of_flow(builder_);
    file_->decls.push_back(&made);
    end_item();
  }

  void import(uint32_t begin) {
    auto* context = run(&FlowParser::importDecl, ends_item, begin);
    if (context == nullptr) return;
    file_->imports.push_back(import_decl(builder_, *context));
    if (role_ == FileRole::Interface)
      reports_
          ->report(diag::misplaced_item, file_->imports.back().span, "an import",
                   "an interface file")
          .label("belongs into a program");
  }

  void edition() {
    Span word = span(tokens_.peek());
    Span year = span(tokens_.peek(1));
    Span both = join(word, year);
    if (!file_->decls.empty() || !file_->imports.empty())
      reports_->report(diag::edition_not_first, both)
          .label("stands behind other items")
          .help("move it to the file's beginning", {both, ""});
    else if (text(tokens_.peek(1)) != kEdition)
      reports_->report(diag::unknown_edition, year, Reports::shorten(text(tokens_.peek(1))))
          .label("no edition of this name")
          .help(fmt::format("the only edition is {}", kEdition), {year, std::string(kEdition)});
    tokens_.consume();
    tokens_.consume();
    end_item();
  }

  /// Whether the item that begins here says who carries it out.
  [[nodiscard]] bool names_who(uint32_t begin) const {
    for (size_t i = begin; !ends_item(tokens_.at(i).type()); ++i)
      if (tokens_.at(i).type() == Tok::BY) return true;
    return false;
  }

  void foreign_node(uint32_t begin) {
    auto* context = run(&FlowParser::foreignHead, ends_item, begin);
    if (context == nullptr) return;
    file_->decls.push_back(foreign_head(builder_, *context));
    if (role_ == FileRole::Interface)
      reports_
          ->report(diag::misplaced_item, file_->decls.back()->span, "a node with `by`",
                   "an interface file")
          .label("belongs into a program");
  }

  void node(uint32_t begin) {
    if (names_who(begin)) return foreign_node(begin);
    auto* context = run(&FlowParser::nodeHead, ends_node_head, begin);
    if (context == nullptr) return;
    ast::NodeDecl* made = node_head(builder_, *context);
    file_->decls.push_back(made);
    if (tokens_.peek().type() == Tok::ASSIGN) {
      tokens_.consume();
      auto* value = run(&FlowParser::expr, ends_item, tokens_.peek().index());
      made->body = value != nullptr ? builder_.expr(*value) : builder_.error_expr(made->span);
      made->span = join(made->span, made->body->span);
      return;
    }
    uint32_t open = tokens_.peek().begin();
    ValueBlock block;
    size_t errors = reports_->count();
    body([&](FlowParser::StatementContext& each) {
      add_to_block(builder_, block, each, BlockRole::Function);
    });
    block.failed |= reports_->count() != errors;
    made->body = end_block(builder_, block, reports_->span(open, last_end()), BlockRole::Function);
    made->span = join(made->span, made->body->span);
    end_of_flow(builder_);
    end_item();
  }

  /// The statements between `{` and `}`; `take` gets each that could be parsed.
  template <typename Take>
  void body(Take take) {
    tokens_.consume();
    for (;;) {
      skip_separators();
      TokenType next = tokens_.peek().type();
      if (next == Tok::RBRACE) return tokens_.consume();
      if (next == kEndOfFile || reports_->full()) return;
      uint32_t begin = tokens_.peek().index();
      if (auto* context = run(&FlowParser::statement, ends_statement, begin)) take(*context);
    }
  }

  void extern_node(uint32_t begin) {
    auto* context = run(&FlowParser::externDecl, ends_item, begin);
    if (context == nullptr) return;
    ast::ExternDecl* made = extern_decl(builder_, *context);
    file_->decls.push_back(made);
    if (role_ == FileRole::Program)
      reports_->report(diag::misplaced_item, made->span, "`extern node`", "a program")
          .label("belongs into an interface file")
          .help("a `node` with a body is compiled with the program");
  }

  void top_level_statement(uint32_t begin) {
    std::string_view doc = doc_of(builder_, tokens_.at(begin));
    auto* context = run(&FlowParser::statement, ends_item, begin);
    if (context == nullptr) return;
    ast::Statement* made = builder_.statement(*context);
    end_of_flow(builder_);
    if (made == nullptr) return;
    if (role_ == FileRole::Interface) {
      reports_->report(diag::misplaced_item, made->span, "a statement", "an interface file")
          .label("belongs into a program");
    } else if (made->kind != ast::StatementKind::Chain || chain_ != nullptr) {
      auto report = reports_->report(diag::statement_outside_flow, made->span,
                                     chain_ != nullptr ? "a second statement" : "the statement");
      report.label("belongs into a flow");
      if (chain_ != nullptr) report.secondary(chain_->span, "the file's chain");
      report.help("several statements stand in `flow main() { … }`");
    } else {
      chain_ = bare_flow(builder_, static_cast<ast::ChainStatement&>(*made), doc);
      file_->decls.push_back(chain_);
    }
  }

  void check_chain() {
    if (chain_ == nullptr) return;
    for (const ast::Decl* decl : file_->decls) {
      if (decl->kind != ast::DeclKind::Flow || decl == chain_) continue;
      reports_->report(diag::chain_beside_flows, chain_->span)
          .label("a chain outside of any flow")
          .secondary(decl->name.span, "a flow")
          .help("put the chain into a flow of its own");
      return;
    }
  }

  template <typename Context>
  Context* run(Context* (FlowParser::*rule)(), bool (*ends)(TokenType), uint32_t begin) {
    Context* context = grammar_.run(rule, ends);
    if (context != nullptr) return context;
    const SyntaxFailure& failure = grammar_.failure();
    syntax_.report(failure, begin);
    // With the block that stands on the next line by mistake.
    skip_statement(begin, failure.token + (brace_on_next_line(failure) ? 1 : 0));
    return nullptr;
  }

  [[nodiscard]] bool brace_on_next_line(const SyntaxFailure& failure) const {
    return tokens_.at(failure.token).type() == Tok::NL &&
           tokens_.at(failure.token + 1).type() == Tok::LBRACE &&
           failure.expected.contains(size_t{Tok::LBRACE});
  }

  /// Nothing may follow a body on its line.
  void end_item() {
    const FlowToken& next = tokens_.peek();
    if (ends_item(next.type())) return;
    SyntaxFailure failure;
    failure.token = failure.decision = next.index();
    syntax_.report(failure, next.index());
    skip_statement(next.index());
  }

  /// To the end of the statement that begins at `begin`, past the token `past`.
  void skip_statement(uint32_t begin, uint32_t past = 0) {
    tokens_.seek(begin);
    for (size_t depth = 0;; tokens_.consume()) {
      const FlowToken& next = tokens_.peek();
      TokenType type = next.type();
      if (type == kEndOfFile) return;
      // What begins a line after a statement that goes on is the next one.
      if (depth == 0 && next.index() == past && past > begin && begins_statement(type)) return;
      if (opens_group(type)) ++depth;
      if (!closes_group(type)) {
        bool separator = type == Tok::NL || type == Tok::SEMI;
        if (separator && depth == 0 && next.index() >= past) return;
        continue;
      }
      if (depth == 0) return;  // the end of the block around the statement
      --depth;
    }
  }

  void skip_separators() {
    while (tokens_.peek().type() == Tok::NL || tokens_.peek().type() == Tok::SEMI)
      tokens_.consume();
  }

  [[nodiscard]] uint32_t last_end() const {
    size_t at = tokens_.position();
    return at == 0 ? 0 : tokens_.at(at - 1).end();
  }
  [[nodiscard]] Span span(const FlowToken& token) const {
    return reports_->span(token.begin(), token.end());
  }
  [[nodiscard]] std::string_view text(const FlowToken& token) const {
    return text_.substr(token.begin(), token.end() - token.begin());
  }

  ast::File* file_;
  FileRole role_;
  std::string_view text_;
  Reports* reports_;
  FlowTokenStream tokens_;
  StatementParser grammar_;
  Builder builder_;
  SyntaxReports syntax_;
  ast::FlowDecl* chain_ = nullptr;
};

}  // namespace

}  // namespace parse

std::unique_ptr<ast::File> parse_file(FileId id, FileRole role, const SourceMap& sources,
                                      Interner& names, Diagnostics& diagnostics, ParseIds& ids) {
  auto file = std::make_unique<ast::File>();
  file->file = id;
  std::string_view text = sources.text(id);
  parse::Reports reports(id, diagnostics);
  if (parse::check_source_text(text, reports)) {
    parse::Lexed lexed =
        parse::filter_newlines(parse::lex_raw(text, file->arena, reports), text, reports);
    file->doc = lexed.file_doc;
    if (!lexed.abandoned) parse::FileParser(*file, role, text, lexed, names, reports, ids).run();
  }
  file->expr_count = ids.next_expr;
  file->stage_count = ids.next_stage;
  return file;
}

}  // namespace pflow
