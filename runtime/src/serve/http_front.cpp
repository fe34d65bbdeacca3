#include "runtime/src/serve/http_front.h"

#include "pflow/loop.h"
#include "runtime/src/serve/http1.h"
#include "runtime/src/serve/http2.h"
#include "runtime/src/serve/http_address.h"
#include "runtime/src/serve/http_connection.h"
#include "runtime/src/serve/server.h"
#include "runtime/src/serve/settings.h"

namespace pflow::serve {
namespace {

constexpr int kWaiting = 1024;  ///< connections that the kernel holds for us

class HttpFront final : public Front, public HttpRouter, public HttpKeeper {
 public:
  HttpFront(const HttpSite& site, const pf_program& program, const HttpAddress& address)
      : site_(site), program_(program), address_(address), guard_{address.loopback} {}

  bool open() override;
  void drain() override;
  void close() override;
  [[nodiscard]] bool is_closed() const override { return !listens_ && !first_ && is_shut_; }
  [[nodiscard]] bool ends_gracefully() const override { return true; }

  void answer(HttpResponder& responder) override { site_.answer(responder, program_, guard_); }
  [[nodiscard]] bool wants_pieces(const HttpIn& request) const override {
    return site_.wants_pieces && site_.wants_pieces(request);
  }
  void begins_http2(HttpConnection& connection) override {
    connection.speak(std::make_unique<Http2>(connection, *this));
  }
  void closed(HttpConnection& connection) override;

 private:
  void connect();
  void stop_listening();

  const HttpSite& site_;
  const pf_program& program_;
  HttpAddress address_;
  HttpGuard guard_;
  uv_tcp_t server_{};
  bool listens_ = false;
  bool is_shut_ = true;
  HttpConnection* first_ = nullptr;
  size_t count_ = 0;
};

bool HttpFront::open() {
  uv_tcp_init(pf_loop_uv(), &server_);
  server_.data = this;
  is_shut_ = false;
  int failed = uv_tcp_bind(&server_, address_.get(), 0);
  auto connected = [](uv_stream_t* server, int status) {
    if (status == 0) static_cast<HttpFront*>(server->data)->connect();
  };
  if (failed == 0)
    failed = uv_listen(reinterpret_cast<uv_stream_t*>(&server_), kWaiting, connected);
  if (failed != 0) {
    const std::string help = "`--" + std::string(site_.option) + " 0` takes a free port";
    pf_config_error(nullptr, help.c_str(), "cannot listen at %s: %s",
                    url_of(address_.socket).c_str(), uv_strerror(failed));
    return false;
  }
  listens_ = true;
  sockaddr_storage bound{};
  int size = sizeof bound;
  uv_tcp_getsockname(&server_, reinterpret_cast<sockaddr*>(&bound), &size);
  const std::string told = "listening on " + url_of(bound) + "\n";
  return pf_print(told.data(), told.size());
}

void HttpFront::connect() {
  auto* connection = new HttpConnection(*this);
  connection->next = first_;
  if (first_) first_->before = connection;
  first_ = connection;
  ++count_;
  auto* http1 = new Http1(*connection, *this);
  connection->speak(std::unique_ptr<HttpProtocol>(http1));
  if (connection->accept(reinterpret_cast<uv_stream_t*>(&server_)) &&
      count_ > settings().connections)
    http1->turn_away();
}

void HttpFront::closed(HttpConnection& connection) {
  (connection.before ? connection.before->next : first_) = connection.next;
  if (connection.next) connection.next->before = connection.before;
  --count_;
}

void HttpFront::stop_listening() {
  if (!listens_) return;
  listens_ = false;
  uv_close(reinterpret_cast<uv_handle_t*>(&server_), [](uv_handle_t* handle) {
    static_cast<HttpFront*>(handle->data)->is_shut_ = true;
    server_looks();
  });
}

void HttpFront::drain() {
  stop_listening();
  for (HttpConnection* at = first_; at; at = at->next) at->drain();
}

void HttpFront::close() {
  stop_listening();
  for (HttpConnection* at = first_; at; at = at->next) at->close();
}

}  // namespace

int run_http(const HttpSite& site, const pf_program& program, const char* text) {
  constexpr int kUsage = 2;
  HttpAddress address;
  if (!read_settings()) return kUsage;
  if (!read_address(text, address)) {
    const std::string option = "`--" + std::string(site.option) + " ";
    const std::string help =
        "write " + option + "8080`, " + option + "0.0.0.0:8080` or " + option + "[::]:8080`";
    pf_config_error(nullptr, help.c_str(), "`%s` is no port, nor an address and a port", text);
    return kUsage;
  }
  if (!address.loopback && !settings().token) {
    pf_config_error(nullptr, "set PFLOW_SERVE_TOKEN, which callers then have to send",
                    "other machines could call the flows at %s", url_of(address.socket).c_str());
    return kUsage;
  }
  static HttpFront front(site, program, address);
  return run_server(front);
}

}  // namespace pflow::serve
