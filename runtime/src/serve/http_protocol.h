/// What is spoken on a connection: a version of HTTP.
#pragma once

#include <cstddef>
#include <string_view>

namespace pflow::serve {

class HttpProtocol {
 public:
  /// The client has to send or take that many bytes within the time of `Settings::patience`.
  static constexpr size_t kLeast = 16 * 1024;
  /// So many looks a connection may wait for nothing.
  static constexpr int kMostIdleLooks = 4;

  virtual ~HttpProtocol() = default;
  virtual void received(std::string_view bytes) = 0;
  /// All that was sent has gone out.
  virtual void sent_all() = 0;
  /// Each time the patience with clients is over; `moved` bytes came or went since the last look.
  virtual void look(size_t moved) = 0;
  /// Takes no further request; ends the connection once none is being read or answered.
  virtual void drain() = 0;
  /// The connection is closed: who still works on an answer hears that the client has left.
  virtual void left() = 0;
};

}  // namespace pflow::serve
