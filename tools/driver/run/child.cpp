#include "tools/driver/run/child.h"

#include <fcntl.h>
#include <spawn.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <string_view>

#include "tools/driver/descriptor.h"
#include "tools/driver/real_files.h"

namespace pflow::run {
namespace {

/// The variables of this process but those that change what flows do.
std::vector<char*> plain_variables() {
  std::vector<char*> kept;
  for (char** variable = environ; *variable != nullptr; ++variable) {
    std::string_view text = *variable;
    if (!text.starts_with("PFLOW_") || text.starts_with("PFLOW_HOME=") ||
        text.starts_with("PFLOW_LIB="))
      kept.push_back(*variable);
  }
  kept.push_back(nullptr);
  return kept;
}

/// What stands in a file from its beginning.
std::string content(int file) {
  lseek(file, 0, SEEK_SET);
  Result<std::string> text = read_descriptor(file);
  return text ? *text : "";
}

/// The words of an error without its code, and its help.
std::string first_error(const std::string& text) {
  std::string line = text.substr(0, text.find('\n'));
  const size_t code = line.find("]: ");
  if (code != std::string::npos) line.erase(0, code + 3);
  constexpr std::string_view kHelp = "= help: ";
  const size_t help = text.find(kHelp);
  if (help == std::string::npos) return line;
  const size_t begin = help + kHelp.size();
  return line + "\n" + text.substr(begin, text.find('\n', begin) - begin);
}

/// Its exit code; negative when it was not started, or died of a signal.
int run_child(const std::vector<std::string>& words, int out, int err) {
  std::vector<char*> pointers;
  for (const std::string& word : words) pointers.push_back(const_cast<char*>(word.c_str()));
  pointers.push_back(nullptr);
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
  posix_spawn_file_actions_adddup2(&actions, out, STDOUT_FILENO);
  posix_spawn_file_actions_adddup2(&actions, err, STDERR_FILENO);
  pid_t child = 0;
  int failed = posix_spawn(&child, pointers[0], &actions, nullptr, pointers.data(),
                           plain_variables().data());
  posix_spawn_file_actions_destroy(&actions);
  if (failed != 0) return -1;
  int status = 0;
  while (waitpid(child, &status, 0) < 0 && errno == EINTR) {
  }
  return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

}  // namespace

Result<std::string> output_of(const std::vector<std::string>& words) {
  Descriptor out(memfd_create("out", MFD_CLOEXEC)), err(memfd_create("err", MFD_CLOEXEC));
  if (out.get() < 0 || err.get() < 0) return Failure{std::strerror(errno)};
  if (run_child(words, out.get(), err.get()) == 0) return content(out.get());
  std::string why = first_error(content(err.get()));
  return Failure{why.empty() ? words[0] + " failed and does not say why" : why};
}

}  // namespace pflow::run
