#include "test/unit/runtime/run_program.h"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

namespace {

struct Pipe {
  int read_end, write_end;
  Pipe() {
    int ends[2];
    if (pipe(ends) != 0) abort();
    read_end = ends[0];
    write_end = ends[1];
  }
};

[[noreturn]] void run_child(const pf_program& program, std::vector<std::string>& arguments,
                            const RunOptions& options, Pipe in, Pipe out, Pipe err) {
  int input = options.stdin_text ? in.read_end : open("/dev/null", O_RDONLY);
  dup2(input, STDIN_FILENO);
  dup2(out.write_end, STDOUT_FILENO);
  dup2(err.write_end, STDERR_FILENO);
  for (int fd :
       {in.read_end, in.write_end, out.read_end, out.write_end, err.read_end, err.write_end})
    close(fd);
  arguments.insert(arguments.begin(), "prog");
  std::vector<char*> argv;
  for (std::string& argument : arguments) argv.push_back(argument.data());
  argv.push_back(nullptr);
  exit(pf_main(static_cast<int>(argv.size()) - 1, argv.data(), &program));
}

/// Reads both until they end; calls `on_err` after each piece of the second.
template <typename OnErr>
void drain(int out, int err, Outcome& outcome, OnErr on_err) {
  pollfd waiting[] = {{out, POLLIN, 0}, {err, POLLIN, 0}};
  int open_ends = out < 0 ? 1 : 2;
  while (open_ends > 0) {
    poll(waiting, 2, -1);
    for (int i = 0; i < 2; ++i) {
      if (waiting[i].revents == 0) continue;
      char piece[4096];
      ssize_t got = read(waiting[i].fd, piece, sizeof piece);
      if (got <= 0) {
        waiting[i].fd = -1;
        --open_ends;
        continue;
      }
      (i == 0 ? outcome.out : outcome.err).append(piece, static_cast<size_t>(got));
      if (i == 1) on_err();
    }
  }
}

}  // namespace

Outcome run_program(const pf_program& program, std::vector<std::string> arguments,
                    const RunOptions& options) {
  Pipe in, out, err;
  if (options.close_stdout) close(out.read_end);
  // Before the child exists, as one that does not read its input may be gone at once.
  if (options.stdin_text && write(in.write_end, options.stdin_text, strlen(options.stdin_text)) < 0)
    abort();
  pid_t child = fork();
  if (child == 0) run_child(program, arguments, options, in, out, err);
  for (int fd : {in.read_end, out.write_end, err.write_end}) close(fd);
  close(in.write_end);
  Outcome outcome;
  int signal = options.signal_after_output;
  drain(options.close_stdout ? -1 : out.read_end, err.read_end, outcome, [&] {
    if (signal != 0) kill(child, signal);
    signal = 0;
  });
  if (!options.close_stdout) close(out.read_end);
  close(err.read_end);
  int status = 0;
  waitpid(child, &status, 0);
  outcome.exit_code = WIFEXITED(status) ? WEXITSTATUS(status) : -1;
  return outcome;
}
