/// A run of a program: a process in a group of its own, what it prints, and what its trace says.
#pragma once

#include <array>
#include <boost/asio/io_context.hpp>
#include <boost/asio/posix/stream_descriptor.hpp>
#include <boost/asio/signal_set.hpp>
#include <boost/asio/steady_timer.hpp>
#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace pflow::play {

/// Where a run writes its trace to.
constexpr int kTraceDescriptor = 3;

class Child : public std::enable_shared_from_this<Child> {
 public:
  struct Listener {
    /// A piece of what it writes, whole code points, to `out`, `err` or `trace`; more is read when
    /// `next` is called.
    std::function<void(std::string_view stream, std::string text, std::function<void()> next)>
        printed;
    std::function<void(std::string status)> ended;
  };

  Child(boost::asio::io_context& context, Listener listener);
  Child(const Child&) = delete;
  Child& operator=(const Child&) = delete;
  ~Child();

  /// The words are the program's path and its arguments. What goes wrong is told to the listener.
  void start(const std::vector<std::string>& words, const std::string& folder);
  /// Asks it to end, with all that it has started; when it does not, it has to.
  void stop();
  /// The same, and tells the listener nothing more.
  void abandon();

 private:
  using Pipe = boost::asio::posix::stream_descriptor;
  struct Output {
    std::string_view name;
    Pipe pipe;
    std::array<char, 1 << 14> piece{};
    std::string rest{};  ///< the begin of a code point
    bool open = false;
  };

  void read(Output& output);
  void has_read(Output& output, bool ended, size_t size);
  void wait();
  void end_if_over();
  /// Waits for an end that was asked for, when nobody else does any more.
  void await_end();

  Listener listener_;
  std::array<Output, 3> outputs_;
  boost::asio::signal_set signals_;
  boost::asio::steady_timer patience_;
  int process_ = -1;
  int status_ = 0;
  bool exited_ = false;
};

}  // namespace pflow::play
