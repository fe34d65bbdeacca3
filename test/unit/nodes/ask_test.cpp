// ask, with pipes and files as standard input.
#include <fcntl.h>
#include <unistd.h>

#include "terminal.pf.hpp"
#include "test/unit/nodes/async_call.h"

using namespace node_test;

namespace {

using Ask = AsyncRun<ask_in, ask_out>;

/// Standard input for the length of a test.
class Input {
 public:
  /// A pipe that holds `content` and has ended.
  explicit Input(std::string_view content) {
    int ends[2];
    EXPECT_EQ(pipe(ends), 0);
    EXPECT_EQ(write(ends[1], content.data(), content.size()), static_cast<ssize_t>(content.size()));
    close(ends[1]);
    take(ends[0]);
  }
  /// What is opened by name.
  Input(const char* path, int flags) { take(open(path, flags)); }
  ~Input() {
    dup2(before_, STDIN_FILENO);
    close(before_);
  }

 private:
  void take(int fd) {
    before_ = dup(STDIN_FILENO);
    dup2(fd, STDIN_FILENO);
    close(fd);
  }
  int before_;
};

ask_in question(const char* fallback = nullptr) {
  ask_in in{text("Well?"), {}};
  if (fallback) in.default_ = {text(fallback), true};
  return in;
}

/// `-` for none.
std::string answer(const char* fallback = nullptr) {
  Ask run(pfn_terminal_ask, question(fallback));
  EXPECT_EQ(run.status, PF_DONE);
  return run.out.answer.has ? taken(run.out.answer.value) : "-";
}

}  // namespace

// The lines that were read belong to the process, so each test ends its input.
TEST(Ask, LinesAreShared) {
  Input input("one\ntwo\r\n\nlast");
  EXPECT_EQ(answer(), "one");
  EXPECT_EQ(answer(), "two");
  EXPECT_EQ(answer("fallback"), "fallback");
  EXPECT_EQ(answer(), "last");
  EXPECT_EQ(answer(), "-");
  EXPECT_EQ(answer("fallback"), "fallback");
}

TEST(Ask, NobodyAnswers) {
  Input input("/dev/null", O_RDONLY);
  EXPECT_EQ(answer(), "-");
  EXPECT_EQ(answer("fallback"), "fallback");
}
