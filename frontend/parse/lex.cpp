#include "frontend/parse/lex.h"

#include <algorithm>

#include "FlowLexer.h"
#include "frontend/parse/angles.h"
#include "frontend/parse/brackets.h"
#include "frontend/parse/byte_stream.h"
#include "frontend/parse/doc_comments.h"
#include "frontend/parse/foreign_tokens.h"
#include "frontend/parse/pasted_text.h"
#include "frontend/parse/quick_tokens.h"
#include "frontend/parse/source_text.h"
#include "frontend/parse/unclosed.h"

namespace pflow::parse {

namespace {

using Tok = FlowParser;

bool is_name_start(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_'; }

TokenType sign_type(std::string_view here) {
  if (here == "->") return Tok::ARROW;
  if (here == "=>") return Tok::FAT_ARROW;
  if (here == "!=") return Tok::NE;
  if (here == "<=") return Tok::LE;
  if (here == ">=") return Tok::GE;
  return here == ">>" ? Tok::GT : Tok::ELLIPSIS;
}

class RawLexer {
 public:
  RawLexer(std::string_view text, Arena& arena, Reports& reports, Lexing lexing)
      : text_(text),
        reports_(&reports),
        lexing_(lexing),
        docs_(arena),
        stream_(text, byte_order_mark(text)),
        lexer_(&stream_) {
    lexer_.removeErrorListeners();
  }

  RawTokens run() {
    while (!result_.abandoned) {
      if (lexing_ == Lexing::Grammar || !next_at_once()) {
        place_stream();
        std::unique_ptr<antlr4::Token> token = lexer_.nextToken();
        auto begin = static_cast<uint32_t>(token->getStartIndex());
        if (token->getType() == static_cast<size_t>(-1)) break;
        on_token(static_cast<TokenType>(token->getType()), begin,
                 static_cast<uint32_t>(token->getStopIndex() + 1));
      }
      if (reports_->full()) abandon();
    }
    report_pasted(text_, stream_.pasted(), *reports_);
    report_fences(text_, fences_, *reports_);
    auto end = static_cast<uint32_t>(text_.size());
    if (!result_.abandoned && !frames_.empty()) {
      report_unclosed(outermost_unclosed());
      unwind(0, end);
    }
    if (docs_.pending() && !seen_token_) result_.file_doc = docs_.take();
    result_.tokens.push_back({end, end, kEndOfFile, true});
    return std::move(result_);
  }

 private:
  [[nodiscard]] Surroundings surroundings() const {
    if (frames_.empty()) return Surroundings::Code;
    switch (frames_.back().kind) {
      case FrameKind::String: return Surroundings::String;
      case FrameKind::Block: return Surroundings::Block;
      case FrameKind::RawBlock: return Surroundings::RawBlock;
      case FrameKind::Paren:
      case FrameKind::Bracket:
      case FrameKind::Brace:
      case FrameKind::Interpolation: break;
    }
    return Surroundings::Code;
  }

  /// The next token without the generated lexer, whose modes follow; false when it has to find it.
  bool next_at_once() {
    auto at = static_cast<uint32_t>(stream_.index());
    Surroundings around = surroundings();
    if (around == Surroundings::Code)
      while (at < text_.size() && (text_[at] == ' ' || text_[at] == '\t')) ++at;
    bool pasted = around == Surroundings::String && text_[frames_.back().begin] != '"';
    if (at == text_.size() || pasted) return false;
    QuickToken found = quick_token(text_, at, around);
    if (found.type == 0) return false;
    stream_.seek(found.end);
    switch (found.type) {
      case Tok::STR_OPEN: lexer_.pushMode(FlowLexer::STR); break;
      case Tok::BLOCK_OPEN: lexer_.pushMode(FlowLexer::BLOCK); break;
      case Tok::RAW_BLOCK_OPEN: lexer_.pushMode(FlowLexer::RAW_BLOCK); break;
      case Tok::INTERP_OPEN: lexer_.pushMode(antlr4::Lexer::DEFAULT_MODE); break;
      case Tok::STR_CLOSE:
      case Tok::BLOCK_CLOSE:
      case Tok::RAW_BLOCK_CLOSE: lexer_.popMode(); break;
      default: break;
    }
    on_token(found.type, at, found.end);
    return true;
  }

  /// Pasted characters are meant as others in code, and where they close a string that
  /// one has opened.
  void place_stream() {
    if (frames_.empty() || !is_string(frames_.back().kind)) return stream_.read_code();
    const Frame& string = frames_.back();
    const habits::Character* opened =
        string.kind == FrameKind::String ? pasted_character(text_, string.begin) : nullptr;
    stream_.read_string(opened != nullptr ? opened->here : std::string_view());
  }

  void on_token(TokenType type, uint32_t begin, uint32_t end) {
    switch (type) {
      case Tok::NL: return on_newline(begin, end);
      case Tok::COMMENT: stream_.forget_from(begin); return on_comment(begin, end);
      case Tok::FENCE:
        stream_.forget_from(begin);
        return fences_.push_back(reports_->span(begin, end));
      case Tok::PASTED_SIGN: return on_sign(begin, end);
      case Tok::LPAREN: return open(FrameKind::Paren, type, begin, end);
      case Tok::LBRACK: return open(FrameKind::Bracket, type, begin, end);
      case Tok::LBRACE: return open(FrameKind::Brace, type, begin, end);
      case Tok::INTERP_OPEN: return open(FrameKind::Interpolation, type, begin, end);
      case Tok::STR_OPEN: return open(FrameKind::String, type, begin, end);
      case Tok::BLOCK_OPEN: return open(FrameKind::Block, type, begin, end);
      case Tok::RAW_BLOCK_OPEN: return open(FrameKind::RawBlock, type, begin, end);
      case Tok::RPAREN: return close(FrameKind::Paren, begin, end);
      case Tok::RBRACK: return close(FrameKind::Bracket, begin, end);
      case Tok::RBRACE: return close(FrameKind::Brace, begin, end);
      case Tok::STR_CLOSE:
      case Tok::BLOCK_CLOSE:
      case Tok::RAW_BLOCK_CLOSE: frames_.pop_back(); return push(type, begin, end);
      case Tok::FLOW:
      case Tok::NODE:
      case Tok::EXTERN:
      case Tok::SCHEMA:
      case Tok::IMPORT:
      case Tok::LET:
      case Tok::RETURN: close_before_keyword(type, begin, end); return push(type, begin, end);
      default: return on_other(type, begin, end);
    }
  }

  /// A character that is meant as several, or the control character as which the stream
  /// hands it out.
  void on_sign(uint32_t begin, uint32_t end) {
    const habits::Character* found = pasted_character(text_, begin);
    if (found == nullptr) return on_other(Tok::UNKNOWN, begin, end);
    result_.mistakes.push_back(begin);
    if (found->here == ">>") push(Tok::GT, begin, begin + 1);
    push(sign_type(found->here), found->here == ">>" ? begin + 1 : begin, end);
  }

  void on_other(TokenType type, uint32_t begin, uint32_t end) {
    if (type == Tok::RAW_STR) stream_.forget_from(begin);
    if (type < Tok::OP_ASSIGN || type > Tok::UNKNOWN || type == Tok::OP_ASSIGN)
      return push(type, begin, end);
    bool goes_on = type == Tok::UNKNOWN && unknown_end_ == begin;
    if (type == Tok::UNKNOWN) unknown_end_ = end;
    if (goes_on) return;
    stream_.forget_from(begin);
    result_.mistakes.push_back(begin);
    string_unclosed_ |= type == Tok::RAW_STR_OPEN;
    TokenType stands_for = report_foreign_token(type, text_, begin, end, *reports_);
    if (stands_for == Tok::GT) push(Tok::GT, begin, begin + 1);
    if (stands_for != 0) push(stands_for, stands_for == Tok::GT ? begin + 1 : begin, end);
  }

  void push(TokenType type, uint32_t begin, uint32_t end) {
    if (docs_.pending())
      result_.docs.push_back({static_cast<uint32_t>(result_.tokens.size()), docs_.take()});
    result_.tokens.push_back({begin, end, type, false});
    line_fresh_ = false;
    seen_token_ = true;
    if (angles_.too_deep(type) && !result_.abandoned) report_depth(begin, end);
  }

  void report_depth(uint32_t begin, uint32_t end) {
    reports_->report(diag::nested_too_deep, reports_->span(begin, end), kMaxDepth)
        .label("one level too deep")
        .help("give a part of it a name with `let`, or make a node of it");
    result_.abandoned = true;
  }

  void open(FrameKind kind, TokenType type, uint32_t begin, uint32_t end) {
    push(type, begin, end);
    if (kind == FrameKind::Block || kind == FrameKind::RawBlock) check_block_place(begin, end);
    frames_.push_back({kind, begin});
    if (frames_.size() > kMaxDepth && !result_.abandoned) report_depth(begin, end);
  }

  /// A `"""` string has several lines, a `"` string around it has one.
  void check_block_place(uint32_t begin, uint32_t end) {
    for (size_t i = frames_.size(); i > 0; --i) {
      const Frame& frame = frames_[i - 1];
      if (!is_string(frame.kind)) continue;
      if (frame.kind != FrameKind::String) return;
      result_.mistakes.push_back(begin);
      reports_
          ->report(diag::block_string_layout, reports_->span(begin, end),
                   "a string of several lines stands inside of one that ends on its line")
          .label("goes over several lines")
          .secondary(opening_span(frame), "ends on its line")
          .help("give the inner string a name with `let`");
      return;
    }
  }

  void pop_frame(uint32_t at) {
    FrameKind kind = frames_.back().kind;
    frames_.pop_back();
    if (has_mode(kind)) lexer_.popMode();
    result_.tokens.push_back({at, at, closer_of(kind), true});
  }

  /// Closes what is open above `depth` frames with tokens of no width.
  void unwind(size_t depth, uint32_t at) {
    while (frames_.size() > depth) pop_frame(at);
  }

  void close(FrameKind kind, uint32_t begin, uint32_t end) {
    size_t match = frames_.size();
    while (match > 0) {
      FrameKind open = frames_[match - 1].kind;
      bool interpolation = open == FrameKind::Interpolation;
      if (open == kind || (interpolation && kind == FrameKind::Brace)) break;
      if (interpolation) match = 1;
      --match;
    }
    if (match == 0) return close_unmatched(kind, begin, end);
    if (match < frames_.size()) {
      report_unclosed(frames_.back(), begin, end);
      unwind(match, last_end());
    }
    TokenType type = closer_of(frames_.back().kind);
    if (has_mode(frames_.back().kind)) lexer_.popMode();
    frames_.pop_back();
    push(type, begin, end);
  }

  void close_unmatched(FrameKind kind, uint32_t begin, uint32_t end) {
    result_.mistakes.push_back(begin);
    bool mistyped =
        !frames_.empty() && kind != FrameKind::Brace &&
        (frames_.back().kind == FrameKind::Paren || frames_.back().kind == FrameKind::Bracket);
    if (!mistyped) {
      bool goes_on = stray_end_ == begin;
      stray_end_ = end;
      if (goes_on || in_open_interpolation(begin)) return;
      reports_->report(diag::stray_bracket, reports_->span(begin, end), closing_text(kind))
          .label("nothing is open here")
          .help("take it out", {reports_->span(begin, end), ""});
      return;
    }
    Frame frame = frames_.back();
    std::string_view wanted = closing_text(frame.kind);
    reports_
        ->report(diag::mismatched_bracket, reports_->span(begin, end), wanted, closing_text(kind))
        .label(fmt::format("expected `{}`", wanted))
        .secondary(opening_span(frame),
                   fmt::format("`{}` is opened here", opening_text(frame.kind)))
        .help(fmt::format("write `{}`", wanted), {reports_->span(begin, end), std::string(wanted)});
    frames_.pop_back();
    push(closer_of(frame.kind), begin, end);
  }

  /// A line that begins with a declaration or `let` cannot be inside brackets:
  /// one of them was not closed.
  void close_before_keyword(TokenType type, uint32_t begin, uint32_t end) {
    if (!line_fresh_ || frames_.empty() || !begins_statement(type, end)) return;
    size_t keep = 0;
    if (type == Tok::LET || type == Tok::RETURN) {
      keep = frames_.size();
      while (keep > 0 && frames_[keep - 1].kind != FrameKind::Brace) --keep;
    }
    for (size_t i = keep; i < frames_.size(); ++i)
      if (frames_[i].kind == FrameKind::Interpolation) return;
    if (keep == frames_.size()) return;
    report_unclosed(frames_.back(), begin, end);
    uint32_t at = last_end();
    unwind(keep, at);
    result_.tokens.push_back({at, at, Tok::NL, true});
  }

  bool begins_statement(TokenType type, uint32_t end) const {
    TokenType before = result_.tokens.empty() ? TokenType{0} : result_.tokens.back().type;
    if (before == Tok::DOT || before == Tok::OPT_DOT || before == Tok::EXTERN) return false;
    size_t next = text_.find_first_not_of(" \t", end);
    if (next == std::string_view::npos || text_[next] == ':') return false;
    if (type == Tok::RETURN) return true;
    return next > end && (is_name_start(text_[next]) || text_[next] == '"');
  }

  void on_newline(uint32_t begin, uint32_t end) {
    if (docs_.pending() && line_fresh_ && !line_has_comment_ && !seen_token_)
      result_.file_doc = docs_.take();
    end_open_strings(begin);
    if (string_unclosed_) close_brackets_of_line(begin);
    string_unclosed_ = false;
    line_begin_ = end;
    line_fresh_ = true;
    line_has_comment_ = false;
    if (frames_.empty() || frames_.back().kind == FrameKind::Brace)
      result_.tokens.push_back({begin, end, Tok::NL, false});
  }

  void on_comment(uint32_t begin, uint32_t end) {
    line_has_comment_ = true;
    std::string_view comment = text_.substr(begin, end - begin);
    if (line_fresh_ && DocComments::is_doc(comment)) docs_.add_line(comment);
  }

  /// A `"…"` string ends on its line, and what is open inside of it, too.
  void end_open_strings(uint32_t at) {
    size_t keep = frames_.size();
    for (size_t i = frames_.size(); i > 0; --i) {
      FrameKind kind = frames_[i - 1].kind;
      if (kind == FrameKind::String)
        keep = i - 1;
      else if (is_string(kind))
        break;
    }
    if (keep == frames_.size()) return;
    uint32_t begin = frames_[keep].begin;
    if (begin == string_over_lines_) return;
    result_.mistakes.push_back(begin);
    size_t close = keep + 1 == frames_.size() ? closing_quote_below(text_, at) : text_.npos;
    if (close != text_.npos) {
      string_over_lines_ = begin;
      reports_->report(diag::unclosed_string, reports_->span(begin, at))
          .label("goes on below this line")
          .help("text of several lines stands in `\"\"\"`",
                {reports_->span(begin, static_cast<uint32_t>(close) + 1),
                 as_block_string(text_, begin, close + 1)});
      return;
    }
    auto string = frames_.begin() + static_cast<ptrdiff_t>(keep);
    auto brackets = std::count_if(frames_.begin(), string, [&](Frame f) { return in_line(f); });
    uint32_t quote = closing_quote_here(text_, at, static_cast<size_t>(brackets));
    if (keep + 1 < frames_.size())
      report_open_interpolation(keep);
    else
      reports_->report(diag::unclosed_string, reports_->span(begin, at))
          .label("no closing `\"` on this line")
          .help("close it", {reports_->span(quote, quote), "\""})
          .help("text of several lines stands in `\"\"\"`");
    unwind(keep, at);
    string_unclosed_ = true;
  }

  /// The `${` in the string at `frame`. The quote that should have closed the
  /// string has opened another one.
  void report_open_interpolation(size_t frame) {
    Span place = opening_span(frames_[frame + 1]);
    auto report = reports_->report(diag::unclosed_bracket, place, "${");
    report.label("opened here");
    report.secondary(opening_span(frames_[frame]), "its string ends on this line");
    if (frame + 3 != frames_.size() || !is_string(frames_[frame + 2].kind))
      return void(report.help("close it with `}`"));
    uint32_t quote = frames_[frame + 2].begin;
    report.help("close it with `}`", {reports_->span(quote, quote), "}"});
  }

  /// Whether a `)` or `]` stands in a `${` that its line does not close: the `${`
  /// is what will be reported.
  bool in_open_interpolation(uint32_t at) {
    if (frames_.size() < 2 || frames_.back().kind != FrameKind::Interpolation) return false;
    if (frames_[frames_.size() - 2].kind != FrameKind::String) return false;
    if (at >= searched_) {
      searched_ = std::min(text_.find('\n', at), text_.size());
      last_brace_ = text_.substr(0, searched_).rfind('}');
    }
    return last_brace_ == std::string_view::npos || last_brace_ < at;
  }

  [[nodiscard]] bool in_line(Frame frame) const {
    return frame.begin >= line_begin_ &&
           (frame.kind == FrameKind::Paren || frame.kind == FrameKind::Bracket);
  }

  /// What closes them has probably been taken for text.
  void close_brackets_of_line(uint32_t at) {
    while (!frames_.empty() && in_line(frames_.back())) pop_frame(at);
  }

  void report_unclosed(Frame frame, uint32_t found_begin = 0, uint32_t found_end = 0) {
    result_.mistakes.push_back(frame.begin);
    parse::report_unclosed(text_, result_.tokens, frame, reports_->span(found_begin, found_end),
                           *reports_);
  }

  /// At the end of the file: what follows an open `${` has been read as if inside
  /// of it, so that it comes before what is open there.
  [[nodiscard]] Frame outermost_unclosed() const {
    for (const Frame& frame : frames_)
      if (frame.kind == FrameKind::Interpolation) return frame;
    return frames_.back();
  }

  [[nodiscard]] Span opening_span(Frame frame) const {
    return parse::opening_span(text_, frame, *reports_);
  }
  [[nodiscard]] uint32_t last_end() const { return parse::last_end(result_.tokens); }

  void abandon() {
    auto at = static_cast<uint32_t>(stream_.index());
    reports_->report(diag::too_many_errors, reports_->span(at, at));
    result_.abandoned = true;
  }

  std::string_view text_;
  Reports* reports_;
  Lexing lexing_;
  DocComments docs_;
  ByteStream stream_;
  FlowLexer lexer_;
  std::vector<Frame> frames_;
  RawTokens result_;
  std::vector<Span> fences_;
  uint32_t string_over_lines_ = UINT32_MAX;  ///< begin of one that was reported as such
  uint32_t unknown_end_ = UINT32_MAX;        ///< end of the last run of characters reported
  uint32_t stray_end_ = UINT32_MAX;          ///< end of the last run of brackets reported
  Angles angles_;
  uint32_t line_begin_ = 0;
  size_t searched_ = 0;           ///< end of the line in which `last_brace_` was looked for
  size_t last_brace_ = 0;         ///< of that line
  bool string_unclosed_ = false;  ///< on this line
  bool seen_token_ = false;
  bool line_fresh_ = true;
  bool line_has_comment_ = false;
};

}  // namespace

RawTokens lex_raw(std::string_view text, Arena& arena, Reports& reports, Lexing lexing) {
  return RawLexer(text, arena, reports, lexing).run();
}

}  // namespace pflow::parse
