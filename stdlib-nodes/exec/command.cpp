#include "command.h"

#include <limits.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include <string_view>

#include "pflow/node.hpp"

namespace pf_exec {
namespace {

/// Names that end so are scripts, which are to be there.
constexpr std::string_view kScripts[] = {".py", ".mjs", ".cjs", ".js", ".ts",  ".rb",  ".pl",
                                         ".sh", ".php", ".lua", ".jl", ".jar", ".exs", ".R"};

bool is_script(std::string_view word) {
  for (std::string_view ending : kScripts)
    if (word.size() > ending.size() && word.ends_with(ending)) return true;
  return false;
}

bool is_relative(std::string_view word) {
  return !word.empty() && word.front() != '/' && word.front() != '-';
}

bool is_file(const std::string& path) {
  struct stat info;
  return stat(path.c_str(), &info) == 0 && S_ISREG(info.st_mode);
}

bool can_run(const std::string& path) { return is_file(path) && access(path.c_str(), X_OK) == 0; }

std::string folder_of_executable() {
  char path[PATH_MAX];
  ssize_t len = readlink("/proc/self/exe", path, sizeof(path));
  std::string_view whole(path, len < 0 ? 0 : static_cast<size_t>(len));
  return std::string(whole.substr(0, whole.find_last_of('/') + 1));
}

/// The path of a file in the program's folder; empty when there is none.
std::string find_file(const pf_foreign& node, std::string_view word) {
  std::string beside_source = std::string(node.folder) + '/' + std::string(word);
  if (is_file(beside_source)) return beside_source;
  std::string beside_executable = folder_of_executable() + std::string(word);
  return is_file(beside_executable) ? beside_executable : std::string();
}

bool is_on_path(std::string_view command) {
  const char* path = getenv("PATH");
  std::string_view rest = path ? path : "/usr/local/bin:/usr/bin:/bin";
  for (;;) {
    size_t end = rest.find(':');
    std::string_view folder = rest.substr(0, end);
    if (can_run(std::string(folder.empty() ? "." : folder) + '/' + std::string(command)))
      return true;
    if (end == std::string_view::npos) return false;
    rest.remove_prefix(end + 1);
  }
}

CommandProblem missing_file(const pf_foreign& node, std::string_view word) {
  return {"there is no file `" + std::string(word) + "` for the node `" + node.node + "`",
          "it is looked for in the folder of the program, `" + std::string(node.folder) +
              "`, and beside the executable"};
}

/// The first word: a name on the PATH, or a path.
CommandProblem find_program(const pf_foreign& node, std::string_view word, std::string* out) {
  *out = word;
  if (word.find('/') == std::string_view::npos) {
    if (is_on_path(word)) return {};
    return {"the command `" + std::string(word) + "` of the node `" + node.node +
                "` is not on the PATH",
            "install it, or write the path of another that does the same"};
  }
  if (is_relative(word)) *out = find_file(node, word);
  if (out->empty()) return missing_file(node, word);
  if (can_run(*out)) return {};
  return {
      "`" + *out + "`, which the node `" + node.node + "` runs, is no program",
      "`chmod +x` makes it one; a script may also be an argument: `exec(\"python3\", \"f.py\")`"};
}

/// A later word, which may be a file or anything else.
CommandProblem find_argument(const pf_foreign& node, std::string_view word, Command& out) {
  std::string path = is_relative(word) ? find_file(node, word) : std::string();
  if (!path.empty()) out.files.push_back(path);
  if (path.empty() && is_relative(word) && is_script(word)) return missing_file(node, word);
  out.words.push_back(path.empty() ? std::string(word) : path);
  return {};
}

}  // namespace

CommandProblem find_command(const pf_foreign& node, Command* out) {
  *out = {};
  for (uint32_t i = 0; i < node.word_count; ++i) {
    std::string_view word = pflow::view(node.words[i]);
    out->shown += (i == 0 ? "" : " ") + std::string(word);
    CommandProblem problem;
    if (i == 0) {
      std::string program;
      problem = find_program(node, word, &program);
      out->words.push_back(program);
      if (is_relative(word) && word.find('/') != std::string_view::npos)
        out->files.push_back(program);
    } else {
      problem = find_argument(node, word, *out);
    }
    if (!problem.text.empty()) return problem;
  }
  return {};
}

}  // namespace pf_exec
