#include "frontend/sema/templates/shell_scan.h"

#include <algorithm>

namespace pflow::sema {

namespace {

bool is_blank(char c) { return c == ' ' || c == '\t'; }
bool ends_command(char c) { return c == ';' || c == '|' || c == '&' || c == '\n'; }

bool is_shell(std::string_view word) {
  word = word.substr(word.rfind('/') + 1);
  for (std::string_view name : {"sh", "bash", "dash", "ash", "ksh", "zsh"})
    if (word == name) return true;
  return false;
}

bool has_command_option(std::string_view word) {
  return word.size() > 1 && word[0] == '-' && word[1] != '-' &&
         word.find('c') != std::string_view::npos;
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
  }
  frame.word.clear();
  frame.in_word = false;
  frame.redirected = false;
}

void ShellScanner::end_command() {
  end_word();
  frames_.back().words.clear();
  frames_.back().redirected = false;
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
    return at + 3;
  }
  bool strip = text.substr(at, 3) == "<<-";
  awaited_.push_back({"", strip});
  reads_delimiter_ = true;
  return at + (strip ? 3 : 2);
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
    end_command();
    in_body_ = c == '\n' && body_ < awaited_.size();
  } else if (c == '(') {
    end_command();
    push(ShellContext::Command);
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
ShellContext ShellScanner::evaluated() const {
  for (const Frame& frame : frames_) {
    bool shell = false;
    for (const std::string& word : frame.words) {
      if (word == "eval") return ShellContext::Eval;
      if (shell && has_command_option(word)) return ShellContext::ShellC;
      shell = shell || is_shell(word);
    }
  }
  return ShellContext::Command;
}

HoleSite ShellScanner::hole() {
  HoleSite site;
  Frame& frame = frames_.back();
  if (in_body_ || reads_delimiter_)
    site.context = ShellContext::HereDocument;
  else if (in_comment_)
    site.context = ShellContext::Comment;
  else if (frame.context != ShellContext::Command)
    site.context = frame.context;
  else if (pending_ != 0)
    site.context = pending_ == '$' ? ShellContext::Dollar : ShellContext::Escape;
  else
    site.context = evaluated();
  site.begins_word = !frame.in_word && !frame.redirected;
  site.redirected = frame.redirected;
  site.after_dashes = std::find(frame.words.begin(), frame.words.end(), "--") != frame.words.end();
  frame.in_word = true;
  pending_ = 0;
  return site;
}

ShellContext ShellScanner::unclosed() const { return frames_.back().context; }

}  // namespace pflow::sema
