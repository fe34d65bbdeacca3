#include "tools/driver/home/secret_prompt.h"

#include <termios.h>
#include <unistd.h>

#include <string>

namespace pflow::home {
namespace {

/// A terminal that shows nothing of what is typed, until the end of the scope.
class Silence {
 public:
  Silence() {
    tcgetattr(STDIN_FILENO, &before_);
    termios silent = before_;
    silent.c_lflag &= ~static_cast<tcflag_t>(ECHO);
    tcsetattr(STDIN_FILENO, TCSAFLUSH, &silent);
  }
  Silence(const Silence&) = delete;
  Silence& operator=(const Silence&) = delete;
  ~Silence() { tcsetattr(STDIN_FILENO, TCSAFLUSH, &before_); }

 private:
  termios before_{};
};

}  // namespace

Result<std::string> read_secret(const std::string& question, DriverEnv& env) {
  if (isatty(STDIN_FILENO) == 0) return env.read_input();
  std::string line;
  {
    // Before the question: who answers it at once is not shown, either.
    Silence silence;
    env.err(question);
    char c = 0;
    while (read(STDIN_FILENO, &c, 1) == 1 && c != '\n') line += c;
  }
  env.err("\n");
  return Result<std::string>(std::move(line));
}

}  // namespace pflow::home
