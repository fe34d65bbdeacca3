#include "frontend/sema/templates/shell_programs.h"

#include <algorithm>
#include <array>

namespace pflow::sema {

namespace {

using Words = std::span<const std::string>;

bool is_any(std::string_view word, std::initializer_list<std::string_view> names) {
  return std::ranges::find(names, word) != names.end();
}

/// What runs the command that follows among its words.
bool is_wrapper(std::string_view name) {
  return is_any(name,
                {"builtin", "chroot",  "chrt",     "command", "docker",  "doas",        "env",
                 "exec",    "find",    "flock",    "ionice",  "kubectl", "lxc",         "nice",
                 "nohup",   "nsenter", "parallel", "podman",  "runuser", "setsid",      "sg",
                 "sshpass", "stdbuf",  "strace",   "su",      "sudo",    "systemd-run", "taskset",
                 "time",    "timeout", "unshare",  "watch",   "xargs"});
}

bool is_assignment(std::string_view word) {
  size_t equals = word.find('=');
  if (equals == 0 || equals == std::string_view::npos) return false;
  return std::ranges::all_of(word.substr(0, equals), [](char c) {
    return c == '_' || (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
  });
}

bool is_short(std::string_view word) { return word.size() > 1 && word[0] == '-' && word[1] != '-'; }

/// Options whose argument is program text.
struct TextOptions {
  std::string_view letters;
  std::array<std::string_view, 2> words;

  /// Whether the word is one of them, its argument to follow.
  [[nodiscard]] bool awaits(std::string_view word) const {
    if (is_short(word)) return letters.find(word.back()) != std::string_view::npos;
    return word.starts_with("--") && names(word.substr(2));
  }
  /// Whether the word has text of its argument in it, or may go on with it.
  [[nodiscard]] bool holds(std::string_view word) const {
    if (is_short(word)) return word.find_first_of(letters, 1) != std::string_view::npos;
    size_t equals = word.find('=');
    return word.starts_with("--") && equals != std::string_view::npos &&
           names(word.substr(2, equals - 2));
  }

 private:
  [[nodiscard]] bool names(std::string_view word) const {
    return !word.empty() && std::ranges::find(words, word) != words.end();
  }
};

/// Whether what follows these arguments stands in the argument of such an option.
bool in_option(Words arguments, std::string_view begun, const TextOptions& options) {
  return options.holds(begun) || (!arguments.empty() && options.awaits(arguments.back()));
}

/// How many operands stand among the arguments; `options` are those that take an argument
/// of their own. `in_argument` is whether such an argument comes next.
size_t operands(Words arguments, std::string_view options, bool& in_argument) {
  size_t count = 0;
  in_argument = false;
  for (const std::string& word : arguments) {
    if (in_argument)
      in_argument = false;
    else if (count == 0 && word.size() > 1 && word[0] == '-')
      in_argument = is_short(word) && options.find(word.back()) != std::string_view::npos;
    else
      ++count;
  }
  return count;
}

/// The first operand of `awk` and `sed` is the program, unless an option has given it.
bool in_program_operand(Words arguments, std::string_view begun, std::string_view with_argument,
                        const TextOptions& giving) {
  for (const std::string& word : arguments)
    if (giving.awaits(word) || giving.holds(word)) return false;
  bool in_argument = false;
  return operands(arguments, with_argument, in_argument) == 0 && !in_argument &&
         !begun.starts_with('-');
}

bool for_other_machine(Words arguments, std::string_view begun) {
  bool in_argument = false;
  bool behind_host = operands(arguments, "bcBDEeFIiJLlmOopQRSWw", in_argument) > 0;
  return behind_host || in_option(arguments, begun, {"o", {}});
}

bool for_interpreter(std::string_view name, Words arguments, std::string_view begun) {
  if (name.starts_with("python")) return in_option(arguments, begun, {"c", {}});
  if (is_any(name, {"perl", "ruby", "lua", "osascript"}))
    return in_option(arguments, begun, {"eE", {}});
  if (is_any(name, {"node", "nodejs", "deno", "bun"}))
    return in_option(arguments, begun, {"ep", {"eval", "print"}});
  if (name == "php") return in_option(arguments, begun, {"rBRE", {"run", {}}});
  if (is_any(name, {"awk", "gawk", "mawk", "nawk"}))
    return in_option(arguments, begun, {"e", {"source", {}}}) ||
           in_program_operand(arguments, begun, "vFfie", {"fe", {"file", "source"}});
  if (name == "sed" || name == "gsed")
    return in_option(arguments, begun, {"e", {"expression", {}}}) ||
           in_program_operand(arguments, begun, "efl", {"ef", {"expression", "file"}});
  return false;
}

bool for_evaluator(std::string_view name, Words arguments, std::string_view begun) {
  auto has = [&](std::initializer_list<std::string_view> words) {
    return std::ranges::any_of(arguments,
                               [&](const std::string& word) { return is_any(word, words); });
  };
  bool in_argument = false;
  if (is_any(name, {"su", "runuser", "sg", "script", "flock"}))
    return in_option(arguments, begun, {"c", {"command", {}}});
  if (name == "env") return in_option(arguments, begun, {"S", {"split-string", {}}});
  if (name == "trap") return operands(arguments, {}, in_argument) == 0;
  if (name == "alias") return true;
  if (name == "watch") return !has({"-x", "--exec"});
  if (name == "parallel") return !has({":::", "::::", ":::+"});
  return name == "adb" && has({"shell"});
}

RunsText runs(std::string_view name, Words arguments, std::string_view begun) {
  if (is_any(name, {"ssh", "slogin", "rsh", "remsh", "mosh", "autossh"}))
    return for_other_machine(arguments, begun) ? RunsText::OtherMachine : RunsText::Nobody;
  if (for_evaluator(name, arguments, begun)) return RunsText::Evaluator;
  return for_interpreter(name, arguments, begun) ? RunsText::Interpreter : RunsText::Nobody;
}

/// `eval` and `sh -c`, wherever they stand.
TextRunner shell_runner(Words words) {
  std::string_view shell;
  for (const std::string& word : words) {
    if (word == "eval") return {RunsText::Evaluator, word};
    if (!shell.empty() && is_short(word) && word.find('c') != std::string::npos)
      return {RunsText::Shell, shell};
    if (is_shell(word)) shell = word;
  }
  return {};
}

}  // namespace

std::string_view program_name(std::string_view word) { return word.substr(word.rfind('/') + 1); }

bool is_shell(std::string_view word) {
  return is_any(program_name(word), {"sh", "bash", "dash", "ash", "ksh", "zsh"});
}

size_t command_name(Words words) {
  size_t at = 0;
  while (at < words.size() &&
         (is_assignment(words[at]) || is_any(words[at], {"if", "then", "elif", "else", "while",
                                                         "until", "do", "!", "{", "time"})))
    ++at;
  return at;
}

TextRunner text_runner(Words words, std::string_view begun) {
  if (TextRunner shell = shell_runner(words); shell.how != RunsText::Nobody) return shell;
  for (size_t at = command_name(words); at < words.size(); ++at) {
    std::string_view name = program_name(words[at]);
    RunsText how = runs(name, words.subspan(at + 1), begun);
    if (how != RunsText::Nobody) return {how, name};
    if (at == command_name(words) && !is_wrapper(name)) break;
  }
  return {};
}

}  // namespace pflow::sema
