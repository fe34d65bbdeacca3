// pflowc llm: one question to a model.
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>

#include "tools/driver/commands/commands.h"
#include "tools/driver/question/packages_asked.h"
#include "tools/driver/question/program_text.h"
#include "tools/driver/question/start.h"

namespace pflow {
namespace {

constexpr OptionRow kRows[] = {
    {"--schema", "FIELDS",
     "the answer is JSON: `name, age int: in years`, FILE.pf:NAME or FILE.json",
     [](Options& options, const std::string& value) -> std::string_view {
       options.question.schema = value;
       return value.find_first_not_of(" \t\r\n,") == value.npos ? "fields" : "";
     }},
    {"-t,--flow", "FILE.pf", "its flow `main` makes the question of the prompt",
     [](Options& options, const std::string& value) -> std::string_view {
       options.question.flow = value;
       return {};
     }},
    {"--no-stdin", "", "do not put standard input before the prompt",
     [](Options& options, const std::string&) -> std::string_view {
       options.question.takes_input = false;
       return {};
     }},
};

std::vector<OptionRows> rows() {
  return {question::kQuestionOptions, kRows, kPackageOptions, kCommonOptions};
}

/// Whether somebody has put something there; a terminal and /dev/null are nothing.
bool input_is_given() {
  struct stat info;
  return fstat(STDIN_FILENO, &info) == 0 &&
         (S_ISFIFO(info.st_mode) || S_ISSOCK(info.st_mode) || S_ISREG(info.st_mode));
}

int run(const Options& given, DriverEnv& env) {
  Options options = given;
  question::Question& asked = options.question;
  const bool named = std::ranges::find(asked.fragments, "-") != asked.fragments.end();
  if (asked.takes_input && !named && input_is_given()) asked.fragments.emplace_back("-");
  const std::string prompt = fmt::format("{}", fmt::join(options.words, " "));
  if (prompt.empty() && asked.fragments.empty() && asked.attachments.empty() && !asked.goes_on)
    return question::refuse("there is nothing to ask: `pflowc llm \"a question\"`", options, env);
  Result<std::vector<std::string>> packages = question::packages_asked("llm", options, env);
  if (!packages) return question::refuse(packages.message(), options, env);
  asked.packages = std::move(*packages);
  Result<std::string> text = question::asking_program(asked, *env.files);
  if (!text) return question::refuse(text.message(), options, env);
  return question::start("llm", std::move(*text), {"--prompt=" + prompt}, options, env);
}

}  // namespace

constexpr Command kLlmCommand = {"llm",
                                 "ask a model",
                                 "[OPTIONS] PROMPT\n[OPTIONS] PROMPT < FILE",
                                 "-m echo \"Say it in one sentence.\" < README.md",
                                 rows,
                                 run};

}  // namespace pflow
