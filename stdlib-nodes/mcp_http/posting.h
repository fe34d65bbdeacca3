/// One request to the address of a server, and what comes back: a message, or a stream of them.
#pragma once

#include <stdint.h>

#include <string>
#include <string_view>

#include "header_params.h"
#include "pflow/http.hpp"
#include "pflow/timer.h"
#include "stdlib-nodes/mcp/client.h"
#include "stdlib-nodes/models/streams/sse.h"

namespace pf_mcp {

struct Post {
  const char* method;
  int64_t id = 0;      ///< of the message; 0: nothing comes back for it
  std::string text{};  ///< the message; empty: none
  Headers headers{};
  int resumes = 0;         ///< how often the stream of its answer was asked for again
  int64_t timeout_ms = 0;  ///< 0: none
  bool greets = false;     ///< nothing else is sent before it is answered
};

class Posting {
 public:
  struct Heard {
    void* user;
    void (*head)(void* user, Posting& posting, const pflow::HttpResponse& head);
    /// A message of a stream.
    void (*message)(void* user, Posting& posting, std::string_view text);
    /// Called once; the posting is the callee's to destroy.
    void (*ended)(void* user, Posting& posting, const pflow::HttpResponse& response);
  };

  Posting(std::string url, Post post, Heard heard)
      : url_(std::move(url)), post_(std::move(post)), heard_(heard) {}

  Posting(const Posting&) = delete;
  Posting& operator=(const Posting&) = delete;
  ~Posting() { pf_timer_stop(&soon_); }

  void start();
  /// It is not waited for any more: `ended` is called, before this returns unless it is called by
  /// what the posting itself calls.
  void drop();

  [[nodiscard]] int64_t id() const { return post_.id; }
  [[nodiscard]] int resumes() const { return post_.resumes; }
  [[nodiscard]] bool is_dropped() const { return is_dropped_; }
  [[nodiscard]] bool is_stream() const { return is_stream_; }
  /// Whether the stream held the answer to the message.
  [[nodiscard]] bool has_answer() const { return has_answer_; }
  [[nodiscard]] const std::string& last_id() const { return events_.last_id(); }
  [[nodiscard]] int64_t retry_ms() const { return events_.retry_ms(1000); }

 private:
  struct Alarm : pf_timer {
    Posting* posting;
  };

  bool begin(const pflow::HttpResponse& head);
  bool take(std::string_view bytes);
  void take_events();

  std::string url_;
  Post post_;
  Heard heard_;
  pflow::HttpExchange* exchange_ = nullptr;
  pf_models::SseReader events_;
  Alarm soon_{};     ///< for what has come: within the HTTP client no other request may begin
  size_t size_ = 0;  ///< of what came since the last event
  bool is_telling_ = false;  ///< what has come
  bool is_dropped_ = false;
  bool is_stream_ = false;
  bool has_answer_ = false;
};

/// Why a request was refused, by the status of its answer.
Failure refusal(const pflow::HttpResponse& response, bool has_headers);

}  // namespace pf_mcp
