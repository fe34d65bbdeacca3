/// The server without its streams: bytes in, messages out, a step at a time.
///
///   while (!server.finished()) {
///     server.receive(bytes that have come);
///     server.step();
///   }
///
/// A step handles one message; when none waits, it sends the diagnostics of one document. So
/// what is received before a step is known to it: edits behind a request make that out of date,
/// a cancellation ends it before it begins, and of many edits the last text alone is checked.
#pragma once

#include <deque>
#include <functional>

#include "tools/lsp/framing.h"
#include "tools/lsp/session.h"

namespace pflow::lsp {

class Server {
 public:
  /// `send` takes whole framed messages.
  Server(FileSystem& disk, sema::NodePath nodes, std::string pages,
         std::function<void(std::string_view)> send);

  void receive(std::string_view bytes);
  /// Handles the next thing to do; false when there is none.
  bool step();
  [[nodiscard]] bool has_work() const {
    return !queue_.empty() || (ready_ && session_.has_stale()) || !to_publish_.empty();
  }
  /// `exit` was received.
  [[nodiscard]] bool finished() const { return finished_; }
  /// 0 when `shutdown` came before `exit`.
  [[nodiscard]] int exit_code() const { return shut_down_ ? 0 : 1; }

  /// The open texts, for tests.
  [[nodiscard]] const Documents& documents() const { return session_.documents; }

 private:
  struct Message {
    json::value body;
    bool cancelled = false;
  };

  void enqueue(const std::string& body);
  void cancel(const json::value& id);
  void handle(const Message& message);
  void handle_notification(std::string_view method, const json::value& params);
  json::value answer(const Message& message, std::string_view method, const json::value& params);
  json::value initialize(const json::value& params);
  /// Asks the client to tell which programs change on disk.
  void watch_files();
  /// Whether a later message of the queue edits or closes the document of the parameters.
  [[nodiscard]] bool is_outdated(const json::value& params) const;
  void publish_one();
  void publish(json::object params);
  void send(const json::object& message);
  void send_error(const json::value& id, ErrorCode code, std::string_view message);

  Session session_;
  std::function<void(std::string_view)> send_;
  Framing framing_;
  std::deque<Message> queue_;
  std::set<std::string> to_publish_;
  std::map<std::string, std::set<std::string>> published_;  ///< by document: files with reports
  bool can_watch_ = false;  ///< the client watches files when it is asked to
  bool ready_ = false;
  bool shut_down_ = false;
  bool finished_ = false;
};

}  // namespace pflow::lsp
