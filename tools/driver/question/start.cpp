#include "tools/driver/question/start.h"

#include <fmt/chrono.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <boost/json.hpp>
#include <cerrno>
#include <chrono>
#include <filesystem>

#include "support/json_text.h"
#include "tools/driver/exit_code.h"
#include "tools/driver/home_path.h"
#include "tools/driver/report.h"
#include "tools/driver/start_program.h"

namespace pflow::question {
namespace {

template <auto member>
std::string_view set(Options& options, const std::string& value) {
  options.question.*member = value;
  return {};
}

template <auto member>
std::string_view add(Options& options, const std::string& value) {
  (options.question.*member).push_back(value);
  return {};
}

template <auto member, bool value>
std::string_view flag(Options& options, const std::string&) {
  options.question.*member = value;
  return {};
}

constexpr OptionRow kRows[] = {
    {"-m,--model", "MODEL", "the model; else the default one", set_text<&Options::model>},
    {"-s,--system", "TEXT", "instructions above the prompt", set<&Question::system>},
    {"-f,--fragment", "NAME",
     "a text before the prompt: a file, an address, one that is stored, `-`, LOADER:REST of a "
     "package",
     add<&Question::fragments>},
    {"-a,--attachment", "FILE", "a picture, PDF or sound, or its address",
     add<&Question::attachments>},
    {"-T,--tool", "NODE", "a node or FILE.pf:FLOW that the model may call", add<&Question::tools>},
    {"-o,--option", "NAME VALUE", "what else the model takes, such as `temperature 0.5`",
     add<&Question::model_options>},
    {"-c,--continue", "", "go on with the last conversation", flag<&Question::goes_on, true>},
    {"--no-stream", "", "show the answer when it is whole", flag<&Question::streams, false>},
    {"-u,--usage", "", "say what it cost, on standard error", flag<&Question::shows_usage, true>},
};

bool is_json(const std::string& text) {
  boost::system::error_code error;
  boost::json::parse(text, error);
  return !error;
}

/// Those that `llm` has ports for go there, the others become `{"seed": 1}`. A value that is no
/// JSON is a text.
void add_model_options(const std::vector<std::string>& named, std::vector<std::string>& arguments) {
  std::string others;
  for (size_t i = 0; i + 1 < named.size(); i += 2) {
    const std::string &name = named[i], &value = named[i + 1];
    if (name == "temperature" || name == "max_tokens")
      arguments.push_back(fmt::format("--{}={}", name, value));
    else
      others += (others.empty() ? "" : ",") + json_string(name) + ":" +
                (is_json(value) ? value : json_string(value));
  }
  if (!others.empty()) arguments.push_back("--options={" + others + "}");
}

bool keeps_logs(const std::string& home, DriverEnv& env) {
  if (std::string set = env.variable("PFLOW_LOG"); !set.empty()) return set != "off";
  return !env.files->exists(home + "/logs-off");
}

/// The file of the conversation: a new one, or with `-c` the last. Empty: it is not kept.
std::string conversation(const Options& options, DriverEnv& env) {
  const std::string home = home_path(env);
  if (home.empty()) return "";
  const std::string folder = home + "/conversations/";
  if (options.question.goes_on) {
    std::vector<std::string> names = env.files->names_in(folder);
    std::erase_if(names, [](const std::string& name) { return !name.ends_with(".json"); });
    return names.empty() ? "" : folder + *std::ranges::max_element(names);
  }
  if (!keeps_logs(home, env)) return "";
  std::error_code failed;
  std::filesystem::create_directories(home, failed);
  // What was said is for its owner alone.
  if (mkdir(folder.c_str(), 0700) != 0 && errno != EEXIST) return "";
  const auto now = std::chrono::system_clock::now();
  return fmt::format("{}{:%Y%m%dT%H%M%S}-{}.json", folder,
                     fmt::gmtime(std::chrono::system_clock::to_time_t(now)), getpid());
}

}  // namespace

const OptionRows kQuestionOptions = kRows;

int refuse(const std::string& problem, const Options& options, DriverEnv& env) {
  Diagnostics diagnostics;
  diagnostics.report(diag::question_option, {}, problem);
  show(diagnostics, SourceMap(), options, env);
  return kExitUsage;
}

int start(const std::string& name, std::string text, std::vector<std::string> arguments,
          const Options& options, DriverEnv& env) {
  const Question& asked = options.question;
  auto add = [&](const char* parameter, const std::string& value) {
    if (!value.empty()) arguments.push_back(fmt::format("--{}={}", parameter, value));
  };
  const std::string kept = conversation(options, env);
  if (asked.goes_on && kept.empty()) return refuse("`-c`: no conversation is kept", options, env);
  add("conversation", kept);
  add("system", asked.system);
  add("model", options.model);
  for (const std::string& fragment : asked.fragments) add("fragments", fragment);
  for (const std::string& attachment : asked.attachments) add("attachments", attachment);
  add_model_options(asked.model_options, arguments);
  if (asked.shows_usage) arguments.emplace_back("--usage");
  Options made = options;
  made.code = {text, name, false};
  return start_program({name, std::move(text), {}, std::move(arguments)}, made, env);
}

}  // namespace pflow::question
