/// Which words of a command are text that somebody runs: a shell of another machine, an
/// interpreter, `eval`.
#pragma once

#include <span>
#include <string>
#include <string_view>

namespace pflow::sema {

enum class RunsText : unsigned char {
  Nobody,
  Shell,         ///< `sh -c`
  Evaluator,     ///< the shell itself, or what hands its words to one: `eval`, `trap`, `su -c`
  OtherMachine,  ///< `ssh`: its words are joined for a shell there
  Interpreter,   ///< `awk`, `python3 -c`
};

struct TextRunner {
  RunsText how = RunsText::Nobody;
  std::string_view name;  ///< of `words`
};

/// Who would run what comes next in a command of these words. `begun` is the text so far
/// of the word in which it stands, without quotes.
[[nodiscard]] TextRunner text_runner(std::span<const std::string> words, std::string_view begun);

/// Where the command's own name stands, behind keywords and assignments.
[[nodiscard]] size_t command_name(std::span<const std::string> words);
/// The name without folders.
[[nodiscard]] std::string_view program_name(std::string_view word);
[[nodiscard]] bool is_shell(std::string_view word);

}  // namespace pflow::sema
