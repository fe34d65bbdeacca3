#include "frontend/sema/templates/shell_scan.h"

#include <algorithm>

namespace pflow::sema {

namespace {

bool is_blank(char c) { return c == ' ' || c == '\t'; }
bool ends_command(char c) { return c == ';' || c == '|' || c == '&' || c == '\n'; }

/// What the shell expands from its positional parameters.
bool names_parameters(std::string_view text) {
  if (text.substr(0, 1) != "$") return false;
  text.remove_prefix(text.substr(1, 1) == "{" ? 2 : 1);
  return !text.empty() &&
         std::string_view("@*#123456789").find(text.front()) != std::string_view::npos;
}

/// What gives the script other positional parameters, or may.
bool sets_parameters(std::string_view name) {
  for (std::string_view one : {"set", "shift", "getopts", "eval", ".", "source"})
    if (name == one) return true;
  return name.empty() || name.find_first_of("$`") != std::string_view::npos;
}

}  // namespace

void ShellScanner::push(ShellContext context) {
  frames_.emplace_back();
  frames_.back().context = context;
}

void ShellScanner::pop() {
  if (frames_.size() > 1) frames_.pop_back();
}

void ShellScanner::add_to_word(char c) {
  frames_.back().in_word = true;
  frames_.back().word += c;
}

void ShellScanner::end_word() {
  Frame& frame = frames_.back();
  if (!frame.in_word) return;
  if (reads_delimiter_) {
    awaited_.back().delimiter = frame.word;
    reads_delimiter_ = false;
  } else {
    frame.words.push_back(frame.word);
    note_word();
  }
  frame.word.clear();
  frame.in_word = false;
  frame.redirected = false;
}

/// Braces around bodies of functions, and words after which a body is not followed.
void ShellScanner::note_word() {
  Frame& frame = frames_.back();
  if (command_name(frame.words) + 1 < frame.words.size()) {
    if (frame.words.size() == 2 && frame.words[0] == "function") expect_body();
    return;
  }
  const std::string& word = frame.words.back();
  if (frame.awaits_body) {
    frame.awaits_body = false;
    (word == "{" ? frame.body_braces : unfollowed_) = 1;
    return;
  }
  if (word == "{" && frame.body_braces > 0) ++frame.body_braces;
  if (word == "}" && frame.body_braces > 0) --frame.body_braces;
  // The parentheses of its patterns do not nest.
  if (word == "case" && frames_.size() > 1) unfollowed_ = 1;
}

void ShellScanner::expect_body() {
  frames_.back().words.clear();
  frames_.back().awaits_body = true;
}

bool ShellScanner::in_function() const {
  return unfollowed_ != 0 || std::ranges::any_of(frames_, [](const Frame& frame) {
           return frame.is_body || frame.body_braces > 0;
         });
}

void ShellScanner::end_command(bool piped) {
  end_word();
  Frame& frame = frames_.back();
  const size_t name = command_name(frame.words);
  if (name < frame.words.size()) {
    shifts_nothing_ |= frame.words.front() == "shift" && frames_.size() == 1 && !sets_parameters_ &&
                       !in_function();
    sets_parameters_ |= sets_parameters(program_name(frame.words[name]));
    // `for i` without `in` runs through the parameters.
    sets_parameters_ |= frame.words[name] == "for" &&
                        (frame.words.size() < name + 3 || frame.words[name + 2] != "in");
    bool reads_script =
        std::all_of(frame.words.begin() + static_cast<std::ptrdiff_t>(name) + 1, frame.words.end(),
                    [](const std::string& word) { return word[0] == '-'; });
    if (is_shell(frame.words[name]) && reads_script)
      read_by_shell_.insert(read_by_shell_.end(), frame.piped.begin(), frame.piped.end());
  }
  bool prints =
      name < frame.words.size() && (frame.words[name] == "echo" || frame.words[name] == "printf");
  // A newline behind the `|` ends nothing.
  if (!piped && !frame.words.empty()) frame.piped.clear();
  if (piped && prints)
    frame.piped.insert(frame.piped.end(), frame.holes.begin(), frame.holes.end());
  frame.holes.clear();
  frame.words.clear();
  frame.redirected = false;
  frame.here_string = false;
}

/// `$(`, `$((`, `${` or a plain `$`.
size_t ShellScanner::dollar(std::string_view text, size_t at) {
  if (at + 1 == text.size()) {
    pending_ = '$';
    return at + 1;
  }
  if (frames_.back().context == ShellContext::Command) frames_.back().in_word = true;
  if (text.substr(at, 3) == "$((") {
    push(ShellContext::Arithmetic);
    return at + 3;
  }
  if (text[at + 1] == '(') {
    push(ShellContext::Command);
    return at + 2;
  }
  if (text[at + 1] == '{') {
    push(ShellContext::Parameter);
    return at + 2;
  }
  if (frames_.back().context == ShellContext::Command) add_to_word('$');
  return at + 1;
}

size_t ShellScanner::here_document_start(std::string_view text, size_t at) {
  end_word();
  if (text.substr(at, 3) == "<<<") {
    frames_.back().redirected = true;
    frames_.back().here_string = true;
    return at + 3;
  }
  bool strip = text.substr(at, 3) == "<<-";
  awaited_.push_back({"", strip});
  reads_delimiter_ = true;
  return at + (strip ? 3 : 2);
}

/// `name ()`, or a subshell, which may be the body of a function.
size_t ShellScanner::parenthesis(std::string_view text, size_t at) {
  end_word();
  size_t close = text.find_first_not_of(" \t", at + 1);
  bool named = frames_.back().awaits_body || !frames_.back().words.empty();
  if (named && close != std::string_view::npos && text[close] == ')') {
    expect_body();
    return close + 1;
  }
  bool is_body = frames_.back().awaits_body;
  end_command();
  frames_.back().awaits_body = false;
  push(ShellContext::Command);
  frames_.back().is_body = is_body;
  return at + 1;
}

/// One character of text that is a command's own; returns where to go on.
size_t ShellScanner::command_char(std::string_view text, size_t at) {
  char c = text[at];
  Frame& frame = frames_.back();
  if (c == '#' && !frame.in_word) {
    in_comment_ = true;
  } else if (is_blank(c)) {
    end_word();
  } else if (ends_command(c)) {
    bool pipe = c == '|' && text.substr(at, 2) != "||" && (at == 0 || text[at - 1] != '|');
    end_command(pipe);
    in_body_ = c == '\n' && body_ < awaited_.size();
  } else if (c == '(') {
    return parenthesis(text, at);
  } else if (c == ')') {
    end_command();
    pop();
  } else if (text.substr(at, 2) == "<<") {
    return here_document_start(text, at);
  } else if (c == '<' || c == '>') {
    end_word();
    frame.redirected = true;
  } else if (c == '\'' || c == '"') {
    frame.in_word = true;
    push(c == '"' ? ShellContext::DoubleQuotes : ShellContext::SingleQuotes);
  } else if (c == '`') {
    frame.in_word = true;
    push(ShellContext::Backquotes);
  } else if (c == '\\') {
    if (at + 1 == text.size())
      pending_ = '\\';
    else if (text[at + 1] != '\n')
      add_to_word(text[at + 1]);
    return at + 2;
  } else if (c == '$') {
    return dollar(text, at);
  } else {
    add_to_word(c);
  }
  return at + 1;
}

/// One character inside quotes, a substitution's braces or arithmetic.
size_t ShellScanner::quoted_char(std::string_view text, size_t at) {
  char c = text[at];
  Frame& frame = frames_.back();
  ShellContext context = frame.context;
  // What is quoted belongs to the word of the command around it.
  auto keep = [&](char kept) {
    if (frames_.size() > 1 && frames_[frames_.size() - 2].context == ShellContext::Command)
      frames_[frames_.size() - 2].word += kept;
  };
  if (context == ShellContext::SingleQuotes) {
    if (c == '\'')
      pop();
    else
      keep(c);
    return at + 1;
  }
  if (c == '\\') {
    if (at + 1 == text.size()) pending_ = '\\';
    return at + 2;
  }
  if (context == ShellContext::Backquotes) {
    if (c == '`') pop();
  } else if (context == ShellContext::DoubleQuotes) {
    if (c == '"')
      pop();
    else if (c == '$')
      return dollar(text, at);
    else if (c == '`')
      push(ShellContext::Backquotes);
    else
      keep(c);
  } else if (context == ShellContext::Parameter) {
    if (c == '}')
      pop();
    else if (c == '$')
      return dollar(text, at);
    else if (c == '\'' || c == '"')
      push(c == '"' ? ShellContext::DoubleQuotes : ShellContext::SingleQuotes);
  } else if (c == '(') {
    ++frame.parens;
  } else if (c == ')') {
    if (frame.parens > 0)
      --frame.parens;
    else if (text.substr(at, 2) == "))") {
      pop();
      return at + 2;
    }
  }
  return at + 1;
}

size_t ShellScanner::here_document_body(std::string_view text, size_t at) {
  char c = text[at];
  if (c != '\n') {
    bool skipped = c == '\t' && line_.empty() && awaited_[body_].strip_tabs;
    if (!skipped) line_ += c;
    return at + 1;
  }
  if (line_ == awaited_[body_].delimiter) ++body_;
  line_.clear();
  in_body_ = body_ < awaited_.size();
  return at + 1;
}

void ShellScanner::text(std::string_view text) {
  size_t at = 0;
  while (at < text.size()) {
    if (!in_function() && (names_parameters(text.substr(at)) || text[at] == '`'))
      sets_parameters_ = true;
    if (in_body_) {
      at = here_document_body(text, at);
    } else if (in_comment_) {
      in_comment_ = text[at] != '\n';
      if (!in_comment_)
        at = command_char(text, at);
      else
        ++at;
    } else if (frames_.back().context == ShellContext::Command) {
      at = command_char(text, at);
    } else {
      at = quoted_char(text, at);
    }
  }
}

/// Whether the words before make the rest of the command a program text.
TextRunner ShellScanner::text_runner() const {
  for (const Frame& frame : frames_) {
    if (frame.context != ShellContext::Command) continue;
    TextRunner runner = sema::text_runner(frame.words, frame.word);
    if (runner.how != RunsText::Nobody) return runner;
    const size_t name = command_name(frame.words);
    if (frame.here_string && name < frame.words.size() && is_shell(frame.words[name]))
      return {RunsText::Shell, frame.words[name]};
  }
  return {};
}

HoleSite ShellScanner::hole() {
  HoleSite site;
  Frame& frame = frames_.back();
  if (in_body_ || reads_delimiter_) {
    site.context = ShellContext::HereDocument;
  } else if (in_comment_) {
    site.context = ShellContext::Comment;
  } else if (frame.context != ShellContext::Command) {
    site.context = frame.context;
  } else if (pending_ != 0) {
    site.context = pending_ == '$' ? ShellContext::Dollar : ShellContext::Escape;
  } else if (TextRunner runner = text_runner(); runner.how != RunsText::Nobody) {
    site.context = ShellContext::RunText;
    site.run_by = runner.how;
    site.runner = runner.name;
  }
  site.begins_word = !frame.in_word && !frame.redirected;
  site.redirected = frame.redirected;
  site.after_dashes = std::find(frame.words.begin(), frame.words.end(), "--") != frame.words.end();
  site.in_function = in_function();
  frame.holes.push_back(holes_++);
  frame.in_word = true;
  pending_ = 0;
  return site;
}

void ShellScanner::finish() {
  if (frames_.back().context == ShellContext::Command) end_command();
}

ShellContext ShellScanner::unclosed() const { return frames_.back().context; }

}  // namespace pflow::sema
