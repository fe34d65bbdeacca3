#include <algorithm>

#include "frontend/ast/walk.h"
#include "frontend/query/outline.h"

namespace pflow::query {

namespace {

class Folder {
 public:
  explicit Folder(const Snapshot& snapshot) : s_(snapshot) {}

  std::vector<Fold> run() {
    imports();
    comments();
    for (const ast::Decl* each : s_.tree().decls) decl(*each);
    std::ranges::stable_sort(folds_, {}, &Fold::first);
    auto [begin, end] = std::ranges::unique(folds_, {}, &Fold::first);
    folds_.erase(begin, end);
    return std::move(folds_);
  }

 private:
  [[nodiscard]] uint32_t line(uint32_t offset) const {
    return s_.sources.line_column(s_.file(), offset).line;
  }

  void lines(Fold::Kind kind, uint32_t first, uint32_t last) {
    if (first < last) folds_.push_back({kind, first, last});
  }

  /// What closes it stays to be seen.
  void braces(Span span) {
    if (span.valid() && span.file == s_.file())
      lines(Fold::Kind::Code, line(span.begin), line(span.end) - 1);
  }

  void imports() {
    const std::vector<ast::Import>& all = s_.tree().imports;
    if (!all.empty())
      lines(Fold::Kind::Imports, line(all.front().span.begin), line(all.back().span.end));
  }

  void comments() {
    std::string_view text = s_.sources.text(s_.file());
    uint32_t number = 1, first = 0;
    auto end_run = [&] {
      if (first != 0) lines(Fold::Kind::Comment, first, number - 1);
      first = 0;
    };
    for (; !text.empty(); ++number) {
      std::string_view line = text.substr(0, text.find('\n'));
      size_t begin = line.find_first_not_of(" \t");
      if (begin == std::string_view::npos || line[begin] != '#')
        end_run();
      else if (first == 0)
        first = number;
      text.remove_prefix(std::min(line.size() + 1, text.size()));
    }
    end_run();
  }

  void decl(const ast::Decl& decl) {
    bool bare = decl.kind == ast::DeclKind::Flow && ast::as<ast::FlowDecl>(decl).bare;
    if (!bare) braces(decl.span);
    ast::for_each_root(decl, [&](const ast::Expr& root) { expr(root); });
    if (decl.kind != ast::DeclKind::Flow && decl.kind != ast::DeclKind::Test) return;
    const ast::Block* body = ast::as<ast::FlowDecl>(decl).body;
    if (body == nullptr) return;
    if (!bare) braces(body->span);
    ast::for_each_statement(*body, [&](const ast::Statement& each) { statement(each); });
  }

  void statement(const ast::Statement& statement) {
    if (statement.kind == ast::StatementKind::OnError) braces(statement.span);
    const ast::Chain* chain = ast::chain_of(statement);
    if (chain == nullptr) return;
    for (const ast::Stage* stage : chain->stages) {
      ast::for_each_block(*stage, [&](const ast::Block& block) { braces(block.span); });
      if (stage->match != nullptr) braces(stage->span);
      braces(stage->policies_span);
    }
  }

  void expr(const ast::Expr& expr) {
    bool many = expr.kind == ast::ExprKind::Record || expr.kind == ast::ExprKind::Map ||
                expr.kind == ast::ExprKind::List || expr.kind == ast::ExprKind::Call ||
                expr.kind == ast::ExprKind::Match || expr.kind == ast::ExprKind::Block ||
                expr.kind == ast::ExprKind::Template;
    if (many) braces(expr.span);
    ast::for_each_child(expr, [&](const ast::Expr& child) { this->expr(child); });
  }

  const Snapshot& s_;
  std::vector<Fold> folds_;
};

}  // namespace

std::vector<Fold> folds(const Snapshot& snapshot) { return Folder(snapshot).run(); }

}  // namespace pflow::query
