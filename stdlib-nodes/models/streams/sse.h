/// Server-sent events (HTML, 9.2.6).
#pragma once

#include "event_reader.h"

namespace pf_models {

class SseReader : public EventReader {
 public:
  void add(std::string_view bytes) override;
  /// An event is taken although its blank line is missing.
  void finish() override;

  /// The id of the last event that had one; empty: none had.
  [[nodiscard]] const std::string& last_id() const { return last_id_; }
  /// How long to wait before the stream is asked for again, in milliseconds, when it says so.
  [[nodiscard]] int64_t retry_ms(int64_t otherwise) const {
    return retry_ms_ < 0 ? otherwise : retry_ms_;
  }

 private:
  void take_line(std::string_view line);
  void take_field(std::string_view name, std::string_view value);
  void dispatch();

  std::string line_;            ///< what has come of it
  bool first_line_ = true;      ///< before which a byte order mark may stand
  bool behind_return_ = false;  ///< a line feed belongs to the line end before it
  std::string last_id_;
  int64_t retry_ms_ = -1;
  StreamEvent event_;  ///< what has come of it; a line feed behind each line
};

}  // namespace pf_models
