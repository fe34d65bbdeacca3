/// The parser's input: a finished list of tokens.
#pragma once

#include <antlr4-runtime.h>

#include <algorithm>
#include <vector>

#include "frontend/parse/tokens.h"

namespace pflow::parse {

class FlowTokenStream final : public antlr4::TokenStream {
 public:
  explicit FlowTokenStream(std::vector<FlowToken>& tokens) : tokens_(&tokens) {}

  [[nodiscard]] const FlowToken& peek(size_t ahead = 0) const {
    return (*tokens_)[std::min(at_ + ahead, tokens_->size() - 1)];
  }
  [[nodiscard]] const FlowToken& at(size_t index) const { return (*tokens_)[index]; }
  [[nodiscard]] size_t position() const { return at_; }

  antlr4::Token* LT(ssize_t k) override {
    if (k < 0) {
      auto back = static_cast<size_t>(-k);
      return back > at_ ? nullptr : &(*tokens_)[at_ - back];
    }
    return &(*tokens_)[std::min(at_ + static_cast<size_t>(k) - 1, tokens_->size() - 1)];
  }
  size_t LA(ssize_t k) override { return LT(k)->getType(); }
  antlr4::Token* get(size_t index) const override { return &(*tokens_)[index]; }
  void consume() override {
    if (at_ + 1 < tokens_->size()) ++at_;
  }
  ssize_t mark() override { return 0; }
  void release(ssize_t) override {}
  size_t index() override { return at_; }
  void seek(size_t index) override { at_ = std::min(index, tokens_->size() - 1); }
  size_t size() override { return tokens_->size(); }
  std::string getSourceName() const override { return {}; }
  antlr4::TokenSource* getTokenSource() const override { return nullptr; }
  std::string getText(const antlr4::misc::Interval&) override { return {}; }
  std::string getText() override { return {}; }
  std::string getText(antlr4::RuleContext*) override { return {}; }
  std::string getText(antlr4::Token*, antlr4::Token*) override { return {}; }

 private:
  std::vector<FlowToken>* tokens_;
  size_t at_ = 0;
};

}  // namespace pflow::parse
