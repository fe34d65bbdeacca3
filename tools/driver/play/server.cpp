#include "tools/driver/play/server.h"

#include <fmt/format.h>

#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/signal_set.hpp>
#include <chrono>
#include <csignal>

#include "tools/driver/play/guard.h"
#include "tools/driver/play/session.h"

namespace pflow::play {
namespace {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace http = boost::beast::http;
using asio::ip::tcp;

constexpr char kPage[] =
#include "play_page.inc"
    ;
constexpr std::string_view kHtml = "text/html; charset=utf-8";
constexpr std::string_view kText = "text/plain; charset=utf-8";
constexpr std::chrono::seconds kAnswersWithin{30};

std::string_view view(beast::string_view text) { return {text.data(), text.size()}; }

/// A connection until its request is answered, or has become a session.
class Connection : public std::enable_shared_from_this<Connection> {
 public:
  Connection(asio::io_context& context, tcp::socket socket, const Guard& guard,
             Workbench& workbench)
      : context_(context), stream_(std::move(socket)), guard_(guard), workbench_(workbench) {}

  void start() {
    stream_.expires_after(kAnswersWithin);
    http::async_read(stream_, buffer_, request_,
                     [self = shared_from_this()](beast::error_code error, size_t) {
                       if (!error) self->answer();
                     });
  }

 private:
  void answer() {
    const Visit visit{view(request_.target()), view(request_[http::field::host]),
                      view(request_[http::field::origin])};
    if (beast::websocket::is_upgrade(request_) && guard_.admits_to_socket(visit)) {
      stream_.expires_never();
      return std::make_shared<Session>(context_, std::move(stream_), workbench_)->start(request_);
    }
    if (request_.method() == http::verb::get && guard_.admits_to_page(visit))
      return send(http::status::ok, kHtml, {kPage, sizeof kPage - 1});
    if (const std::optional<int> run = guard_.admits_to_report(visit);
        run && request_.method() == http::verb::get) {
      Result<std::string> report = workbench_.disk().read(workbench_.report(*run));
      if (report) return send(http::status::ok, kHtml, *report);
      return send(http::status::not_found, kText, "That run has left no report.\n");
    }
    send(http::status::forbidden, kText,
         "This is the playground of pflowc. It answers at the address that `pflowc play` has "
         "printed.\n");
  }

  void send(http::status status, std::string_view type, std::string_view body) {
    response_.result(status);
    response_.version(request_.version());
    response_.set(http::field::content_type, {type.data(), type.size()});
    response_.set(http::field::cache_control, "no-store");
    response_.set(http::field::x_frame_options, "DENY");
    response_.set("X-Content-Type-Options", "nosniff");
    response_.set("Referrer-Policy", "no-referrer");
    response_.set("Cross-Origin-Resource-Policy", "same-origin");
    response_.keep_alive(false);
    response_.body() = body;
    response_.prepare_payload();
    http::async_write(stream_, response_, [self = shared_from_this()](beast::error_code, size_t) {
      beast::error_code none;
      none = self->stream_.socket().shutdown(tcp::socket::shutdown_send, none);
    });
  }

  asio::io_context& context_;
  beast::tcp_stream stream_;
  beast::flat_buffer buffer_;
  http::request<http::string_body> request_;
  http::response<http::string_body> response_;
  const Guard& guard_;
  Workbench& workbench_;
};

void accept(asio::io_context& context, tcp::acceptor& acceptor, const Guard& guard,
            Workbench& workbench) {
  acceptor.async_accept([&](beast::error_code error, tcp::socket socket) {
    if (error == asio::error::operation_aborted) return;
    if (!error) std::make_shared<Connection>(context, std::move(socket), guard, workbench)->start();
    accept(context, acceptor, guard, workbench);
  });
}

}  // namespace

Result<int> serve(Workbench& workbench, uint16_t port,
                  const std::function<void(const std::string& address)>& ready) {
  const std::string token = random_token();
  if (token.empty()) return Failure{"the machine gives no random numbers"};
  asio::io_context context;
  tcp::acceptor acceptor(context);
  const tcp::endpoint place(asio::ip::address_v4::loopback(), port);
  beast::error_code error;
  if (acceptor.open(place.protocol(), error) ||
      acceptor.set_option(tcp::acceptor::reuse_address(true), error) ||
      acceptor.bind(place, error) || acceptor.listen(tcp::acceptor::max_listen_connections, error))
    return Failure{fmt::format("port {} of 127.0.0.1: {}", port, error.message())};

  int signal = 0;
  asio::signal_set signals(context, SIGINT, SIGTERM, SIGHUP);
  signals.async_wait([&](beast::error_code, int number) {
    signal = number;
    context.stop();
  });
  const Guard guard(acceptor.local_endpoint().port(), token);
  accept(context, acceptor, guard, workbench);
  ready(guard.address());
  context.run();
  constexpr int kBySignal = 128;
  return kBySignal + signal;
}

}  // namespace pflow::play
