#include "tools/driver/play/child.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <boost/asio/buffer.hpp>
#include <chrono>
#include <cstring>
#include <thread>

#include "support/display_width.h"
#include "tools/driver/descriptor.h"

namespace pflow::play {
namespace {

namespace asio = boost::asio;

constexpr int kNotStarted = 127;
constexpr std::chrono::seconds kEndsWithin{5};
constexpr std::chrono::milliseconds kLookAgain{5};

std::string told(int status) {
  if (WIFSIGNALED(status)) return fmt::format("ended by signal {}", WTERMSIG(status));
  const int code = WEXITSTATUS(status);
  return code == 0 ? "done" : fmt::format("failed with exit code {}", code);
}

/// How many bytes at the end of the text are the begin of a code point.
size_t unfinished(std::string_view text) {
  constexpr size_t kLongest = 4;
  for (size_t length = 1; length < kLongest && length <= text.size(); ++length) {
    const auto byte = static_cast<unsigned char>(text[text.size() - length]);
    if ((byte & 0xC0U) == 0x80U) continue;
    const size_t wanted = byte >= 0xF0U ? 4 : byte >= 0xE0U ? 3 : byte >= 0xC0U ? 2 : 1;
    return wanted > length ? length : 0;
  }
  return 0;
}

[[noreturn]] void become(const std::vector<char*>& words, const char* folder,
                         const std::array<Descriptor, 3>& writes) {
  setpgid(0, 0);
  prctl(PR_SET_PDEATHSIG, SIGTERM);
  const int nothing = open("/dev/null", O_RDONLY);
  if (nothing >= 0) dup2(nothing, STDIN_FILENO);
  dup2(writes[0].get(), STDOUT_FILENO);
  dup2(writes[1].get(), STDERR_FILENO);
  dup2(writes[2].get(), kTraceDescriptor);
  fcntl(kTraceDescriptor, F_SETFD, 0);  // also when it was there before
  if (chdir(folder) == 0) execv(words.front(), words.data());
  _exit(kNotStarted);
}

}  // namespace

Child::Child(asio::io_context& context, Listener listener)
    : listener_(std::move(listener)),
      outputs_{Output{"out", Pipe(context)}, Output{"err", Pipe(context)},
               Output{"trace", Pipe(context)}},
      signals_(context, SIGCHLD),
      patience_(context) {}

Child::~Child() {
  if (process_ > 0 && !exited_) await_end();
}

void Child::start(const std::vector<std::string>& words, const std::string& folder) {
  std::vector<char*> pointers;
  for (const std::string& word : words) pointers.push_back(const_cast<char*>(word.c_str()));
  pointers.push_back(nullptr);
  std::array<Descriptor, 3> writes;
  for (size_t i = 0; i < writes.size(); ++i) {
    std::array<int, 2> ends{};
    if (pipe2(ends.data(), O_CLOEXEC) != 0) return listener_.ended(std::strerror(errno));
    outputs_[i].pipe.assign(ends[0]);
    writes[i] = Descriptor(ends[1]);
  }
  process_ = fork();
  if (process_ == 0) become(pointers, folder.c_str(), writes);
  if (process_ < 0) return listener_.ended(std::strerror(errno));
  setpgid(process_, process_);  // whoever comes first
  for (Output& output : outputs_) {
    output.open = true;
    read(output);
  }
  wait();
}

void Child::read(Output& output) {
  output.pipe.async_read_some(
      asio::buffer(output.piece),
      [self = shared_from_this(), &output](boost::system::error_code error, size_t size) {
        if (error != asio::error::operation_aborted)
          self->has_read(output, static_cast<bool>(error), size);
      });
}

void Child::has_read(Output& output, bool ended, size_t size) {
  std::string text = output.rest + std::string(output.piece.data(), size);
  const size_t kept = ended ? 0 : unfinished(text);
  output.rest = text.substr(text.size() - kept);
  text.resize(text.size() - kept);
  output.open = !ended;
  auto next = [self = shared_from_this(), &output] {
    if (output.open && output.pipe.is_open()) self->read(output);
  };
  if (!text.empty())
    listener_.printed(output.name, std::move(text), std::move(next));
  else
    next();
  end_if_over();
}

void Child::wait() {
  signals_.async_wait([self = shared_from_this()](boost::system::error_code error, int) {
    if (error) return;
    if (waitpid(self->process_, &self->status_, WNOHANG) == 0) return self->wait();
    self->exited_ = true;
    (void)self->patience_.cancel();
    kill(-self->process_, SIGKILL);  // what it has left
    self->end_if_over();
  });
}

void Child::end_if_over() {
  const bool open = std::ranges::any_of(outputs_, &Output::open);
  if (exited_ && !open && listener_.ended) std::exchange(listener_.ended, nullptr)(told(status_));
}

void Child::stop() {
  if (process_ <= 0 || exited_) return;
  kill(-process_, SIGTERM);  // a flow ends what it has started
  (void)patience_.expires_after(kEndsWithin);
  patience_.async_wait([self = shared_from_this()](boost::system::error_code error) {
    if (!error && !self->exited_) kill(-self->process_, SIGKILL);
  });
}

void Child::abandon() {
  listener_ = {[](std::string_view, const std::string&, const std::function<void()>&) {}, nullptr};
  boost::system::error_code none;
  for (Output& output : outputs_) none = output.pipe.close(none);
  stop();
}

void Child::await_end() {
  kill(-process_, SIGTERM);
  const auto last = std::chrono::steady_clock::now() + kEndsWithin;
  while (waitpid(process_, &status_, WNOHANG) == 0) {
    if (std::chrono::steady_clock::now() > last) kill(-process_, SIGKILL);
    std::this_thread::sleep_for(kLookAgain);
  }
  kill(-process_, SIGKILL);  // what it has left
}

}  // namespace pflow::play
