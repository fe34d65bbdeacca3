// pflowc chat: a conversation with a model, line by line.
#include "tools/driver/commands/commands.h"
#include "tools/driver/question/packages_asked.h"
#include "tools/driver/question/program_text.h"
#include "tools/driver/question/start.h"

namespace pflow {
namespace {

constexpr std::string_view kManual =
    "`exit` or `quit` ends the conversation. `!multi` begins a text of several lines, `!end` ends "
    "it;\n"
    "`!edit` opens an editor; `!fragment NAME …` adds texts to the next question.\n";

std::vector<OptionRows> rows() {
  return {question::kQuestionOptions, kPackageOptions, kCommonOptions};
}

int run(const Options& given, DriverEnv& env) {
  Options options = given;
  if (!options.words.empty())
    return question::refuse("`pflowc chat` takes no prompt: `pflowc llm` does", options, env);
  Result<std::vector<std::string>> packages = question::packages_asked("chat", options, env);
  if (!packages) return question::refuse(packages.message(), options, env);
  options.question.packages = std::move(*packages);
  Result<std::string> text = question::chatting_program(options.question, *env.files);
  if (!text) return question::refuse(text.message(), options, env);
  if (env.err_is_terminal) env.err(kManual);
  return question::start("chat", std::move(*text), {}, options, env);
}

}  // namespace

constexpr Command kChatCommand = {"chat",      "talk with a model, line by line",
                                  "[OPTIONS]", "-m echo --system \"You are a gardener.\"",
                                  rows,        run};

}  // namespace pflow
