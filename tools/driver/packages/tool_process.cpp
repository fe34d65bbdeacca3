#include "tools/driver/packages/tool_process.h"

#include <fcntl.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>

#include "tools/driver/descriptor.h"
#include "tools/driver/end_on_signal.h"

namespace pflow::packages {
namespace {

constexpr int kNotStarted = 127;

[[noreturn]] void become(const std::vector<std::string>& words, const std::string& folder,
                         const std::vector<std::pair<std::string, std::string>>& variables,
                         int output) {
  std::vector<char*> arguments;
  for (const std::string& word : words) arguments.push_back(const_cast<char*>(word.c_str()));
  arguments.push_back(nullptr);
  for (const auto& [name, value] : variables) setenv(name.c_str(), value.c_str(), 1);
  EndOnSignal::release_in_child();
  const int nothing = open("/dev/null", O_RDONLY);
  dup2(nothing, STDIN_FILENO);
  dup2(output, STDOUT_FILENO);
  dup2(output, STDERR_FILENO);
  if (chdir(folder.c_str()) == 0) execvp(arguments[0], arguments.data());
  _exit(kNotStarted);
}

std::string read_all(int from) {
  std::string text;
  std::array<char, 4096> piece;
  for (ssize_t got; (got = read(from, piece.data(), piece.size())) != 0;) {
    if (got > 0) text.append(piece.data(), static_cast<size_t>(got));
    if (got < 0 && errno != EINTR) break;
  }
  return text;
}

}  // namespace

ToolRun run_tool(const std::vector<std::string>& words, const std::string& folder,
                 const std::vector<std::pair<std::string, std::string>>& variables) {
  ToolRun run;
  std::array<int, 2> ends{};
  if (words.empty() || pipe2(ends.data(), O_CLOEXEC) != 0) return run;
  Descriptor reader(ends[0]);
  pid_t child = -1;
  {
    Descriptor writer(ends[1]);
    child = fork();
    if (child == 0) become(words, folder, variables, writer.get());
  }
  if (child < 0) return run;
  run.output = read_all(reader.get());
  int status = 0;
  while (waitpid(child, &status, 0) < 0 && errno == EINTR) {
  }
  run.code = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
  run.is_there = run.code != kNotStarted;
  return run;
}

}  // namespace pflow::packages
