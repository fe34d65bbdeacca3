#include "frontend/parse/statement_parser.h"

#include "frontend/parse/lex.h"

namespace pflow::parse {

/// The generated parser with a bound on its recursion, which goes through `expr`.
class StatementParser::Grammar final : public FlowParser {
 public:
  Grammar(FlowTokenStream& tokens, SyntaxFailure& failure)
      : FlowParser(&tokens), tokens_(&tokens), failure_(&failure) {}

  void restart() {
    reset();
    // The first rule has no caller, not the one where the rule before ended.
    setState(antlr4::atn::ATNState::INVALID_STATE_NUMBER);
    depth_ = 0;
  }

  using FlowParser::enterRecursionRule;
  void enterRecursionRule(antlr4::ParserRuleContext* context, size_t state, size_t rule,
                          int precedence) override {
    if (depth_ >= kMaxDepth) {
      *failure_ = {.too_deep = true, .token = tokens_->peek().index()};
      throw RuleEnded();
    }
    ++depth_;
    FlowParser::enterRecursionRule(context, state, rule, precedence);
  }
  void unrollRecursionContexts(antlr4::ParserRuleContext* parent) override {
    --depth_;
    FlowParser::unrollRecursionContexts(parent);
  }

 private:
  FlowTokenStream* tokens_;
  SyntaxFailure* failure_;
  size_t depth_ = 0;
};

/// Ends the rule at the first mistake, with what was expected there.
class StatementParser::Strategy final : public antlr4::ANTLRErrorStrategy {
 public:
  explicit Strategy(SyntaxFailure& failure) : failure_(&failure) {}

  void reset(antlr4::Parser*) override {}
  void sync(antlr4::Parser*) override {}
  bool inErrorRecoveryMode(antlr4::Parser*) override { return false; }
  void reportMatch(antlr4::Parser*) override {}

  antlr4::Token* recoverInline(antlr4::Parser* parser) override {
    const antlr4::Token* token = parser->getCurrentToken();
    note(parser, token, token);
    throw RuleEnded();
  }
  void reportError(antlr4::Parser* parser, const antlr4::RecognitionException& e) override {
    const antlr4::Token* offending = e.getOffendingToken();
    note(parser, parser->getCurrentToken(), offending);
  }
  void recover(antlr4::Parser*, std::exception_ptr) override { throw RuleEnded(); }

 private:
  void note(antlr4::Parser* parser, const antlr4::Token* decision, const antlr4::Token* offending) {
    *failure_ = {.token = static_cast<uint32_t>(offending->getTokenIndex()),
                 .decision = static_cast<uint32_t>(decision->getTokenIndex()),
                 .expected = parser->getExpectedTokens()};
    constexpr size_t kEnough = 16;
    auto* context = static_cast<antlr4::RuleContext*>(parser->getContext());
    while (context != nullptr && failure_->rules.size() < kEnough) {
      failure_->rules.push_back(context->getRuleIndex());
      context = static_cast<antlr4::RuleContext*>(context->parent);
    }
  }

  SyntaxFailure* failure_;
};

StatementParser::StatementParser(FlowTokenStream& tokens)
    : tokens_(&tokens), grammar_(std::make_unique<Grammar>(tokens, failure_)) {
  grammar_->removeErrorListeners();
  grammar_->setBuildParseTree(false);
  grammar_->setErrorHandler(std::make_shared<Strategy>(failure_));
}

StatementParser::~StatementParser() = default;

FlowParser& StatementParser::grammar() { return *grammar_; }

void StatementParser::start(size_t begin, bool full) {
  grammar_->restart();
  tokens_->seek(begin);
  grammar_->getInterpreter<antlr4::atn::ParserATNSimulator>()->setPredictionMode(
      full ? antlr4::atn::PredictionMode::LL : antlr4::atn::PredictionMode::SLL);
}

void StatementParser::note_leftover() {
  failure_ = {.token = tokens_->peek().index(), .decision = tokens_->peek().index()};
}

}  // namespace pflow::parse
