#include <fcntl.h>
#include <spawn.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>

#include "tools/driver/descriptor.h"
#include "tools/graph/forms.h"

extern char** environ;

namespace pflow::graph {
namespace {

/// A file without a name that holds the text, to be read from its beginning.
Descriptor file_of(std::string_view text) {
  Descriptor file(memfd_create("picture", MFD_CLOEXEC));
  while (!text.empty()) {
    const ssize_t written = write(file.get(), text.data(), text.size());
    if (written < 0 && errno == EINTR) continue;
    if (written <= 0) return {};
    text.remove_prefix(static_cast<size_t>(written));
  }
  lseek(file.get(), 0, SEEK_SET);
  return file;
}

std::string read_all(const Descriptor& from) {
  std::string text;
  std::array<char, 1 << 16> piece;
  for (;;) {
    const ssize_t got = read(from.get(), piece.data(), piece.size());
    if (got > 0)
      text.append(piece.data(), static_cast<size_t>(got));
    else if (got == 0 || errno != EINTR)
      return text;
  }
}

/// 0, or what errno would be.
int start_dot(const Descriptor& input, const Descriptor& output, pid_t& child) {
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_adddup2(&actions, input.get(), STDIN_FILENO);
  posix_spawn_file_actions_adddup2(&actions, output.get(), STDOUT_FILENO);
  std::string name = "dot", form = "-Tsvg";
  std::array<char*, 3> arguments{name.data(), form.data(), nullptr};
  const int error =
      posix_spawnp(&child, name.c_str(), &actions, nullptr, arguments.data(), environ);
  posix_spawn_file_actions_destroy(&actions);
  return error;
}

}  // namespace

Result<std::string> svg(const Graph& graph) {
  const Descriptor input = file_of(dot(graph));
  std::array<int, 2> ends{-1, -1};
  if (input.get() < 0 || pipe2(ends.data(), O_CLOEXEC) != 0) return Failure{strerror(errno)};
  const Descriptor reader(ends[0]);
  Descriptor writer(ends[1]);
  pid_t child = -1;
  if (const int error = start_dot(input, writer, child); error != 0)
    return Failure{error == ENOENT ? "`dot`, of Graphviz, is not installed" : strerror(error)};
  (void)writer.close();
  std::string drawn = read_all(reader);
  int status = 0;
  while (waitpid(child, &status, 0) < 0 && errno == EINTR) {
  }
  if (!WIFEXITED(status) || WEXITSTATUS(status) != 0) return Failure{"`dot` could not draw it"};
  return drawn;
}

}  // namespace pflow::graph
