/// Follows POSIX shell text far enough to know in what an interpolation stands:
/// quotes, substitutions, comments, here-documents, words of a command.
///
///   ShellScanner scanner;
///   scanner.text("grep -- ");
///   HoleSite site = scanner.hole();   // begins a word, after `--`
///   scanner.text(" file");
///   scanner.unclosed();               // ShellContext::Command: nothing
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "frontend/sema/templates/shell_programs.h"

namespace pflow::sema {

enum class ShellContext : uint8_t {
  Command,  ///< plain text of a command, where an interpolation is safe
  SingleQuotes,
  DoubleQuotes,
  Backquotes,
  Arithmetic,  ///< `$((…))`
  Parameter,   ///< `${…}` of the shell
  Comment,
  HereDocument,
  Escape,   ///< right after a backslash
  Dollar,   ///< right after a `$`
  RunText,  ///< in text that somebody runs
};

struct HoleSite {
  ShellContext context = ShellContext::Command;
  bool begins_word = false;
  bool after_dashes = false;
  bool redirected = false;   ///< the word is a redirection's file
  bool in_function = false;  ///< where the positional parameters are a function's, or may be
  RunsText run_by = RunsText::Nobody;
  std::string runner;  ///< who runs the text
};

class ShellScanner {
 public:
  ShellScanner() { frames_.emplace_back(); }

  void text(std::string_view text);
  HoleSite hole();
  /// The text has ended; `printed_into_shell` and what is said of parameters are known.
  void finish();
  /// Which holes, counted from 0, `echo` or `printf` hands to a shell by a pipe.
  [[nodiscard]] const std::vector<size_t>& printed_into_shell() const { return read_by_shell_; }
  /// Whether the script, outside of functions, neither uses nor changes its parameters.
  [[nodiscard]] bool keeps_parameters() const { return !sets_parameters_; }
  /// Whether the script takes a parameter away before it can have one, which ends a shell.
  [[nodiscard]] bool shifts_nothing() const { return shifts_nothing_; }
  /// What is open at the end of the text.
  [[nodiscard]] ShellContext unclosed() const;

 private:
  /// One nesting level: a list of commands, or what encloses text.
  struct Frame {
    ShellContext context = ShellContext::Command;
    int parens = 0;                  ///< open ones in arithmetic
    std::vector<std::string> words;  ///< finished words of the current simple command
    std::string word;                ///< the current one, without quotes
    bool in_word = false;
    bool redirected = false;
    bool here_string = false;
    bool awaits_body = false;   ///< a function's
    bool is_body = false;       ///< `f() ( … )`
    int body_braces = 0;        ///< open ones of `f() { … }`
    std::vector<size_t> holes;  ///< of the current simple command
    std::vector<size_t> piped;  ///< of those before it in the pipeline that print
  };
  struct HereDocument {
    std::string delimiter;
    bool strip_tabs = false;
  };

  size_t command_char(std::string_view text, size_t at);
  size_t quoted_char(std::string_view text, size_t at);
  size_t dollar(std::string_view text, size_t at);
  size_t here_document_start(std::string_view text, size_t at);
  size_t here_document_body(std::string_view text, size_t at);
  void add_to_word(char c);
  void end_word();
  void note_word();
  void end_command(bool piped = false);
  void expect_body();
  size_t parenthesis(std::string_view text, size_t at);
  void push(ShellContext context);
  void pop();
  [[nodiscard]] TextRunner text_runner() const;
  [[nodiscard]] bool in_function() const;

  std::vector<Frame> frames_;
  std::vector<HereDocument> awaited_;  ///< bodies that begin at the next newline
  size_t body_ = 0;                    ///< of these, how many bodies are done
  bool in_body_ = false;
  std::string line_;  ///< of a here-document's body, so far
  bool in_comment_ = false;
  bool reads_delimiter_ = false;
  bool sets_parameters_ = false;
  bool shifts_nothing_ = false;
  int unfollowed_ = 0;  ///< 1: what follows may stand in the body of a function
  size_t holes_ = 0;
  std::vector<size_t> read_by_shell_;
  char pending_ = 0;  ///< a `\` or `$` that ended a piece of text
};

}  // namespace pflow::sema
