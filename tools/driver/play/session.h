/// One open page of the playground: messages of JSON over a socket.
#pragma once

#include <boost/asio/ip/tcp.hpp>
#include <boost/beast/core.hpp>
#include <boost/beast/http.hpp>
#include <boost/beast/websocket.hpp>
#include <boost/json.hpp>
#include <deque>
#include <functional>
#include <memory>
#include <string>

#include "tools/driver/play/child.h"
#include "tools/driver/play/workbench.h"
#include "tools/lsp/server.h"

namespace pflow::play {

class Session : public std::enable_shared_from_this<Session> {
 public:
  Session(boost::asio::io_context& context, boost::beast::tcp_stream stream, Workbench& workbench);

  /// Answers the request that asks for a socket, and lives as long as that does.
  void start(const boost::beast::http::request<boost::beast::http::string_body>& request);

 private:
  void begin();
  void read();
  void handle(const boost::json::value& message);
  void step_language_server();
  void draw(const std::string& text);
  void run(const boost::json::value& message);
  void save(const std::string& text);
  void end_run(int number, const std::string& status);
  /// The words of a run: parameters, the model of all that name none, who looks on.
  [[nodiscard]] std::vector<std::string> words(const Workbench::Made& made,
                                               const boost::json::value& message) const;
  void send(const boost::json::object& message, std::function<void()> then = {});
  void send_text(std::string text, std::function<void()> then = {});
  void write();

  struct Outgoing {
    std::string text;
    std::function<void()> then;
  };

  boost::asio::io_context& context_;
  boost::beast::websocket::stream<boost::beast::tcp_stream> socket_;
  Workbench& workbench_;
  lsp::Server language_server_;
  boost::beast::flat_buffer incoming_;
  std::deque<Outgoing> outgoing_;
  std::shared_ptr<Child> child_;
};

}  // namespace pflow::play
