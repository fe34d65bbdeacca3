/// How the events of a stream lie in its bytes.
#pragma once

#include <deque>
#include <string>
#include <string_view>

namespace pf_models {

/// One event: a JSON text, and its name where the framing has one.
struct StreamEvent {
  std::string name;
  std::string data;
};

/// Cuts the bytes of a stream into events.
class EventReader {
 public:
  EventReader() = default;
  EventReader(const EventReader&) = delete;
  EventReader& operator=(const EventReader&) = delete;
  virtual ~EventReader() = default;

  /// The next bytes, cut anywhere, were it within a character.
  virtual void add(std::string_view bytes) = 0;
  /// There are no more.
  virtual void finish() = 0;

  /// The next event, once it is whole; false: none is.
  bool next(StreamEvent& out) {
    if (events_.empty()) return false;
    out = std::move(events_.front());
    events_.pop_front();
    return true;
  }
  /// Whether something came that only such a stream holds, an event or a line that says nothing.
  [[nodiscard]] bool recognised() const { return recognised_; }

 protected:
  std::deque<StreamEvent> events_;
  bool recognised_ = false;
};

}  // namespace pf_models
