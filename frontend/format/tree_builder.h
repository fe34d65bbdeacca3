/// Goes over the tokens as the grammar does and makes the nodes of one item after the other. What
/// the grammar does not take, or only to explain a mistake, is a misfit. Rooms of the grammar are
/// in build_declarations.cpp, build_statements.cpp, build_expressions.cpp and build_types.cpp.
#pragma once

#include <string_view>
#include <utility>
#include <vector>

#include "frontend/format/node_maker.h"

namespace pflow::format {

/// Thrown at a token that does not fit.
struct Misfit {
  uint32_t token;
};

class TreeBuilder {
 public:
  TreeBuilder(const SourceTokens& tokens, Arena& arena) : tokens_(&tokens), maker_(tokens, arena) {}

  /// The next item of the file, null behind the last one. Nodes live in the arena.
  const Node* next_item();

 private:
  /// The parts of a node that is being made.
  class Parts {
   public:
    explicit Parts(TreeBuilder& builder)
        : builder_(&builder), from_(builder.parts_.size()), begin_(builder.at_) {}
    ~Parts() { builder_->parts_.resize(from_); }
    Parts(const Parts&) = delete;
    Parts& operator=(const Parts&) = delete;

    Parts& add(const Node* node, bool space = true) {
      builder_->parts_.push_back({node, space && size() > 0});
      return *this;
    }
    [[nodiscard]] size_t size() const { return builder_->parts_.size() - from_; }
    [[nodiscard]] const Part& operator[](size_t index) const {
      return builder_->parts_[from_ + index];
    }
    /// A node of the parts up to the place of the builder; the part itself where there is one.
    Node* row(Kind kind = Kind::Row);
    Node* node(Kind kind);
    /// The first node began before the builder came here.
    void begin_at(uint32_t token) { begin_ = token; }

   private:
    TreeBuilder* builder_;
    size_t from_;
    uint32_t begin_;
  };
  class Level;

  [[nodiscard]] TokenType type(size_t ahead = 0) const { return tokens_->type(at_ + ahead); }
  [[nodiscard]] bool is(TokenType wanted, size_t ahead = 0) const { return type(ahead) == wanted; }
  [[nodiscard]] bool is_word(size_t ahead = 0) const;
  [[nodiscard]] bool is_name(std::string_view text) const;
  [[nodiscard]] bool begins_text(size_t ahead = 0) const;
  [[noreturn]] void misfit() const { throw Misfit{at_}; }
  Node* take() { return ++at_, maker_.text(at_ - 1, at_); }
  Node* take(TokenType wanted) { return is(wanted) ? take() : (misfit(), nullptr); }
  Node* take_word() { return is_word() ? take() : (misfit(), nullptr); }
  void skip_newline() { at_ += is(Tok::NL) ? 1 : 0; }

  /// Brackets around parts that `part` makes, separated by commas.
  template <typename PartOf>
  Node* list(TokenType open, TokenType close, PartOf part);
  /// Braces around parts that `part` makes; `separates` says which tokens stand between.
  template <typename PartOf, typename Separates>
  Node* braces(PartOf part, Separates separates);
  Node* arms();
  void chose_lines(Node& brackets) const;

  // ---- build_declarations.cpp
  const Node* item();
  Node* import();
  Node* test();
  Node* flow();
  Node* node_decl();
  Node* foreign();
  Node* extern_node();
  Node* attribute();
  Node* schema();
  Node* field();
  Node* alias();
  Node* ports();
  Node* port();
  Node* flow_result();
  Node* results(bool of_flow);
  Node* type_params();

  // ---- build_statements.cpp
  Node* block();
  Node* statement();
  Node* let();
  Node* transition_head();
  Node* transition();
  Node* assertion();
  Node* stub();
  Node* entries(Node* first);
  Node* stage_or_more();
  Node* chain(Parts& parts, bool headed);
  Node* stage();
  Node* stage_form();
  void suffixes(Parts& parts, bool branch);
  Node* policies();
  Node* arrow();
  Node* label();
  Node* assign(Node* head, Node* value, uint32_t begin);

  // ---- build_expressions.cpp
  Node* expr(int level = 0);
  Node* operand();
  Node* prefix(bool space, int level);
  Node* lambda();
  Node* primary();
  Node* postfix(Node* base, uint32_t begin);
  Node* method();
  bool accesses(Parts& parts);
  Node* arguments();
  Node* argument();
  Node* subscript();
  Node* paren();
  Node* condition();
  Node* if_expr();
  Node* match_expr();
  Node* arm();
  Node* pattern();
  Node* named_record();
  Node* record_body();
  Node* record_entry();
  Node* text();
  [[nodiscard]] bool begins_method() const;
  [[nodiscard]] bool begins_lambda() const;
  [[nodiscard]] bool begins_record() const;

  // ---- build_types.cpp
  Node* type_expr();
  Node* type_part();
  Node* type_atom();
  [[nodiscard]] uint32_t behind_type(uint32_t at) const;
  [[nodiscard]] uint32_t behind_type_atom(uint32_t at) const;
  /// Whether a type stands here up to the end of an argument, and no expression.
  [[nodiscard]] bool only_type() const;
  Node* value_or_type();

  const SourceTokens* tokens_;
  NodeMaker maker_;
  std::vector<Part> parts_;  ///< of all nodes that are being made, the outer ones first
  uint32_t at_ = 0;
  int depth_ = 0;
  bool before_body_ = false;  ///< a `{` may begin a body here, not only a record
};

/// Bounds the recursion; the parser's own bound is far below.
class TreeBuilder::Level {
 public:
  explicit Level(TreeBuilder& builder) : builder_(&builder) {
    constexpr int kMost = 3000;
    if (++builder_->depth_ > kMost) builder_->misfit();
  }
  ~Level() { --builder_->depth_; }
  Level(const Level&) = delete;
  Level& operator=(const Level&) = delete;

 private:
  TreeBuilder* builder_;
};

template <typename PartOf>
Node* TreeBuilder::list(TokenType open, TokenType close, PartOf part) {
  Parts parts(*this);
  take(open);
  bool outer = std::exchange(before_body_, false);
  while (!is(close)) {
    parts.add(part(), false);
    if (!is(Tok::COMMA)) break;
    ++at_;
  }
  before_body_ = outer;
  take(close);
  return parts.node(Kind::List);
}

template <typename PartOf, typename Separates>
Node* TreeBuilder::braces(PartOf part, Separates separates) {
  Parts parts(*this);
  take(Tok::LBRACE);
  bool outer = std::exchange(before_body_, false);
  for (;;) {
    uint32_t before = at_;
    while (separates(type())) ++at_;
    if (is(Tok::RBRACE)) break;
    if (before == at_ && parts.size() > 0) misfit();
    parts.add(part(), false);
  }
  before_body_ = outer;
  take(Tok::RBRACE);
  Node* made = parts.node(Kind::Braces);
  chose_lines(*made);
  return made;
}

}  // namespace pflow::format
