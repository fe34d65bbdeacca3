#include "tools/driver/test_process.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <poll.h>
#include <signal.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>

#include "tools/driver/end_on_signal.h"

namespace pflow {
namespace {

/// What a test prints beyond this is not kept.
constexpr size_t kMostOutput = 1 << 20;
constexpr int kNotStarted = 127;

using Clock = std::chrono::steady_clock;

struct Pipe {
  std::array<int, 2> ends{-1, -1};
  Pipe() {
    if (pipe2(ends.data(), O_CLOEXEC) != 0) ends = {-1, -1};
  }
  Pipe(const Pipe&) = delete;
  Pipe& operator=(const Pipe&) = delete;
  ~Pipe() {
    for (int end : ends)
      if (end >= 0) close(end);
  }
  void close_writer() {
    close(ends[1]);
    ends[1] = -1;
  }
};

[[noreturn]] void become(const TestProcess& test, const char* number, int out, int err) {
  setpgid(0, 0);
  prctl(PR_SET_PDEATHSIG, SIGTERM);  // a group of its own is not interrupted with ours
  int nothing = open("/dev/null", O_RDONLY);
  dup2(nothing, STDIN_FILENO);
  dup2(out, STDOUT_FILENO);
  dup2(err, STDERR_FILENO);
  EndOnSignal::release_in_child();
  const char* program = test.program.c_str();
  execl(program, program, number, test.allow_net ? "--allow-net" : nullptr,
        static_cast<char*>(nullptr));
  _exit(kNotStarted);
}

/// Reads both ends until they are closed; false when the bound came first.
bool drain(int out, int err, Clock::time_point end, TestOutcome& outcome) {
  std::array<pollfd, 2> waiting{{{out, POLLIN, 0}, {err, POLLIN, 0}}};
  std::array<std::string*, 2> into{&outcome.out, &outcome.err};
  int open_ends = 2;
  while (open_ends > 0) {
    auto left = std::chrono::duration_cast<std::chrono::milliseconds>(end - Clock::now()).count();
    if (left <= 0) return false;
    if (poll(waiting.data(), waiting.size(), static_cast<int>(left)) < 0 && errno != EINTR)
      return true;
    for (size_t i = 0; i < waiting.size(); ++i) {
      if (waiting[i].revents == 0) continue;
      std::array<char, 1 << 16> piece;
      ssize_t got = read(waiting[i].fd, piece.data(), piece.size());
      if (got > 0) {
        size_t room = kMostOutput - into[i]->size();
        into[i]->append(piece.data(), std::min(room, static_cast<size_t>(got)));
      } else {
        waiting[i].fd = -1;
        --open_ends;
      }
    }
  }
  return true;
}

}  // namespace

TestOutcome run_test_process(const TestProcess& test, std::chrono::seconds bound) {
  TestOutcome outcome;
  Pipe out, err;
  const auto begin = Clock::now();
  const std::string argument = std::to_string(test.number);
  pid_t child = out.ends[1] < 0 || err.ends[1] < 0 ? -1 : fork();
  if (child < 0) {
    outcome.err = fmt::format("the test could not be started: {}\n", strerror(errno));
    return outcome;
  }
  if (child == 0) become(test, argument.c_str(), out.ends[1], err.ends[1]);
  setpgid(child, child);  // whoever comes first: the group must be there to be killed
  out.close_writer();
  err.close_writer();
  bool in_time = drain(out.ends[0], err.ends[0], begin + bound, outcome);
  if (!in_time) kill(-child, SIGKILL);
  int status = 0;
  while (waitpid(child, &status, 0) < 0 && errno == EINTR) {
  }
  outcome.seconds = std::chrono::duration<double>(Clock::now() - begin).count();
  outcome.passed = in_time && WIFEXITED(status) && WEXITSTATUS(status) == 0;
  if (!in_time)
    outcome.err += fmt::format("the test was ended after {} seconds\n", bound.count());
  else if (WIFEXITED(status) && WEXITSTATUS(status) == kNotStarted && outcome.err.empty())
    outcome.err = "the test could not be started\n";
  else if (WIFSIGNALED(status))
    outcome.err += fmt::format("the test died of signal {}\n", WTERMSIG(status));
  return outcome;
}

}  // namespace pflow
