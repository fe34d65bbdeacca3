/// Runs one rule of the grammar at a time: SLL prediction first, full LL when
/// that fails, and the first mistake ends the rule.
#pragma once

#include <antlr4-runtime.h>

#include <memory>
#include <vector>

#include "frontend/parse/token_stream.h"

namespace pflow::parse {

/// More than the grammar has.
inline constexpr TokenType kTokenTypes = 128;

/// Why a rule ended early.
struct SyntaxFailure {
  bool too_deep = false;
  uint32_t token = 0;                  ///< index of the token that does not fit
  uint32_t decision = 0;               ///< where the parser began to look ahead for it
  std::vector<size_t> rules;           ///< the rules around it, innermost first
  antlr4::misc::IntervalSet expected;  ///< what fits at `decision`
};

class StatementParser {
 public:
  explicit StatementParser(FlowTokenStream& tokens);
  ~StatementParser();
  StatementParser(const StatementParser&) = delete;
  StatementParser& operator=(const StatementParser&) = delete;

  /// The context of `rule`, valid until the next call; null on a mistake, with
  /// `failure` filled. `ends` says whether a token may follow the rule.
  template <typename Context, typename Ends>
  Context* run(Context* (FlowParser::*rule)(), Ends ends) {
    size_t begin = tokens_->position();
    for (bool full : {false, true}) {
      start(begin, full);
      Context* context = nullptr;
      if (!guard([&] { context = (grammar().*rule)(); })) continue;
      if (ends(tokens_->peek().type())) return context;
      note_leftover();
      for (TokenType type = 1; type < kTokenTypes; ++type)
        if (ends(type)) failure_.expected.add(type);
    }
    return nullptr;
  }

  [[nodiscard]] const SyntaxFailure& failure() const { return failure_; }

 private:
  class Grammar;
  class Strategy;

  FlowParser& grammar();
  void start(size_t begin, bool full);
  void note_leftover();
  /// Runs `rule`; false when it threw.
  template <typename Rule>
  bool guard(Rule rule);

  FlowTokenStream* tokens_;
  SyntaxFailure failure_;
  std::unique_ptr<Grammar> grammar_;
};

/// Thrown by the error strategy, caught by `guard`, never leaves this class.
struct RuleEnded {};

template <typename Rule>
bool StatementParser::guard(Rule rule) {
  try {
    rule();
    return true;
  } catch (const RuleEnded&) {
    return false;
  }
}

}  // namespace pflow::parse
