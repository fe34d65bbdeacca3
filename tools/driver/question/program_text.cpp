#include "tools/driver/question/program_text.h"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>

#include "question/programs.h"
#include "tools/driver/question/answer_schema.h"
#include "tools/driver/schema/schema_types.h"

namespace pflow::question {
namespace {

/// Stands in both flows where the arguments of `llm` end.
constexpr std::string_view kLive = "live: true";
/// Stands in `ask.pf` where what is asked is put together.
constexpr std::string_view kQuestion = "  let question = parts.join(\"\\n\")\n";

void replace(std::string& text, std::string_view part, const std::string& by) {
  text.replace(text.find(part), part.size(), by);
}

/// A name of a file, or one that is there.
struct Named {
  std::string file, name;
};

Named split(const std::string& text) {
  const size_t colon = text.rfind(".pf:");
  if (colon == text.npos) return {"", text};
  return {text.substr(0, colon + 3), text.substr(colon + 4)};
}

/// What the flow takes from elsewhere, and the arguments that say it.
class Additions {
 public:
  Additions(const Question& question, FileSystem& files) : question_(question), files_(files) {}

  /// False when `problem` says why not.
  bool make() {
    for (const std::string& package : question_.packages)
      head += fmt::format("import {0} as package_{0}\n", package);
    return add_tools() && add_schema() && add_flow();
  }

  std::string head, arguments, input, problem;

 private:
  bool add_tools() {
    std::string names;
    for (const std::string& tool : question_.tools) {
      const Named named = split(tool);
      if (!import(named.file, "", "-T")) return false;
      names += (names.empty() ? "" : ", ") + named.name;
    }
    if (!names.empty()) arguments += ", tools: [" + names + "]";
    return true;
  }

  bool add_schema() {
    if (question_.schema.empty()) return true;
    const Named named = split(question_.schema);
    if (!named.file.empty()) {
      arguments += ", schema: " + named.name;
      return import(named.file, "", "--schema");
    }
    if (question_.schema.ends_with(".pf")) {
      problem =
          fmt::format("`--schema {0}` names no schema: `--schema {0}:NAME`", question_.schema);
      return false;
    }
    if (question_.schema.ends_with(".json")) return add_json_schema();
    Result<std::string> made = answer_schema(question_.schema);
    if (!made) {
      problem = "`--schema`: " + made.message();
      return false;
    }
    head += *made + "\n";
    arguments += ", schema: Answer";
    return true;
  }

  bool add_json_schema() {
    Result<schema::SchemaTypes> types = schema::schema_types(question_.schema, files_);
    if (!types) {
      problem = "`--schema`: " + types.message();
      return false;
    }
    head += types->declarations + "\n";
    arguments += ", schema: " + types->name;
    return true;
  }

  bool add_flow() {
    if (question_.flow.empty()) return true;
    input = "  asked.main(parts.join(\"\\n\")) -> question\n";
    return import(question_.flow, "asked", "-t");
  }

  bool import(const std::string& file, std::string_view as, std::string_view option) {
    if (file.empty()) return true;
    if (!std::filesystem::is_regular_file(file)) {
      problem = fmt::format("`{} {}`: there is no such file", option, file);
      return false;
    }
    const std::string path = std::filesystem::absolute(file).lexically_normal().string();
    if (path.find_first_of("\"\\$\n") != path.npos) {
      problem = fmt::format("`{}`: the path holds a character that no import can name", path);
      return false;
    }
    const std::string line =
        fmt::format("import \"{}\"{}\n", path, as.empty() ? "" : fmt::format(" as {}", as));
    if (head.find(line) == head.npos) head.insert(0, line);
    return true;
  }

  const Question& question_;
  FileSystem& files_;
};

Result<std::string> program(const Question& question, FileSystem& files, std::string_view flow) {
  Additions additions(question, files);
  if (!additions.make()) return Failure(additions.problem);
  std::string text(flow);
  const bool streams =
      question.streams && question.schema.empty();  // a value is shown when it is read
  replace(text, kLive, (streams ? "live: true" : "live: false") + additions.arguments);
  if (!additions.input.empty()) replace(text, kQuestion, additions.input);
  return additions.head + text;
}

}  // namespace

Result<std::string> asking_program(const Question& question, FileSystem& files) {
  return program(question, files, kAsk);
}

Result<std::string> chatting_program(const Question& question, FileSystem& files) {
  return program(question, files, kChat);
}

}  // namespace pflow::question
