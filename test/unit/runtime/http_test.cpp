#include "pflow/http.hpp"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>

#include "pflow/loop.h"
#include "test/unit/runtime/http_server.h"
#include "test/unit/runtime/values.h"

using pflow::HttpExchange;
using pflow::HttpHeader;
using pflow::HttpRequest;
using pflow::HttpResponse;

namespace {

struct Got {
  bool done = false;
  int status = 0;
  std::string body;
  std::string error;
  pf_error_kind kind = PF_E_INTERNAL;
  std::string headers;
};

void keep(void* user, const HttpResponse& response) {
  auto* got = static_cast<Got*>(user);
  EXPECT_FALSE(got->done);
  got->done = true;
  got->status = response.status;
  got->body = values::view(response.body);
  if (response.error) got->error = response.error;
  got->kind = response.error_kind;
  for (size_t i = 0; i < response.header_count; ++i) {
    got->headers += values::view(response.headers[i].name);
    got->headers += "=" + std::string(values::view(response.headers[i].value)) + ";";
  }
}

void wait_for(const Got& got) {
  while (!got.done) uv_run(pf_loop_uv(), UV_RUN_ONCE);
}

Got fetch(HttpRequest request, const std::string& url) {
  request.url = values::lit(url);
  Got got;
  pflow::http_start(request, keep, &got);
  EXPECT_FALSE(got.done) << "never before the start returns";
  wait_for(got);
  return got;
}

class Http : public testing::Test {
 protected:
  void SetUp() override {
    for (const char* name : {"http_proxy", "https_proxy", "all_proxy", "ALL_PROXY", "HTTPS_PROXY"})
      unsetenv(name);
  }
};

TEST_F(Http, GetWithHeaders) {
  HttpServer server(
      {"HTTP/1.1 404 Not Found\r\nContent-Type: text/plain\r\nX-A:  b \r\n"
       "Content-Length: 4\r\nConnection: close\r\n\r\ngone"});
  HttpHeader headers[] = {{values::lit("X-One"), values::lit("1")},
                          {values::lit("X-Empty"), values::lit("")}};
  HttpRequest request;
  request.headers = headers;
  request.header_count = 2;
  Got got = fetch(request, server.url("/a?b=c"));
  EXPECT_EQ(got.error, "");
  EXPECT_EQ(got.status, 404);
  EXPECT_EQ(got.body, "gone");
  EXPECT_EQ(got.headers, "content-type=text/plain;x-a=b;content-length=4;connection=close;");
  std::string sent = server.requests().at(0);
  EXPECT_EQ(sent.find("GET /a?b=c HTTP/1.1\r\n"), 0u);
  EXPECT_NE(sent.find("X-One: 1\r\n"), std::string::npos);
  EXPECT_NE(sent.find("X-Empty:\r\n"), std::string::npos);
  EXPECT_NE(sent.find("User-Agent: pflow/"), std::string::npos);
}

TEST_F(Http, ABodyIsPostedOrPut) {
  std::string ok = "HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: close\r\n\r\n";
  HttpServer server({ok, ok, ok});
  HttpRequest request;
  request.body = values::lit("{\"a\":1}");
  request.has_body = true;
  for (const char* method : {"POST", "PUT", "DELETE"}) {
    request.method = method;
    EXPECT_EQ(fetch(request, server.url("/")).status, 200);
  }
  std::vector<std::string> sent = server.requests();
  EXPECT_EQ(sent[0].find("POST / "), 0u);
  EXPECT_EQ(sent[1].find("PUT / "), 0u);
  EXPECT_EQ(sent[2].find("DELETE / "), 0u);
  for (const std::string& text : sent) EXPECT_EQ(text.substr(text.size() - 7), "{\"a\":1}");
}

TEST_F(Http, ALargeBodyDoesNotWaitForLeave) {
  HttpServer server({"HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"});
  std::string body(3 << 20, 'x');
  HttpRequest request;
  request.method = "POST";
  request.body = values::lit(body);
  request.has_body = true;
  EXPECT_EQ(fetch(request, server.url("/")).status, 200);
  EXPECT_EQ(server.requests()[0].find("Expect:"), std::string::npos);
}

/// Takes a body and pauses behind each part.
struct Pausing {
  Got got;
  HttpExchange* exchange = nullptr;
  std::string body;
  bool paused = false;
  size_t most = SIZE_MAX;  ///< what is taken of it

  static bool begin(void*, const HttpResponse& head) { return head.status == 200; }
  static bool take(void* user, const char* data, size_t len) {
    auto* self = static_cast<Pausing*>(user);
    EXPECT_FALSE(self->paused) << "nothing comes while it is paused";
    if (self->body.size() >= self->most) return false;
    self->body.append(data, len);
    self->paused = true;
    pflow::http_pause(self->exchange);
    return true;
  }
  static constexpr pflow::HttpSink kSink = {begin, take};

  void fetch(const std::string& url) {
    HttpRequest request;
    request.url = values::lit(url);
    request.sink = &kSink;
    exchange = pflow::http_start(
        request,
        [](void* user, const HttpResponse& end) { keep(&static_cast<Pausing*>(user)->got, end); },
        this);
    while (!got.done) {
      while (!got.done && !paused) uv_run(pf_loop_uv(), UV_RUN_ONCE);
      for (int i = 0; i < 3; ++i) uv_run(pf_loop_uv(), UV_RUN_NOWAIT);
      if (got.done) break;
      paused = false;
      pflow::http_resume(exchange);
    }
  }
};

std::string body_of_parts() {
  std::string body;
  for (int i = 0; i < 200'000; ++i) body += std::to_string(i) + ",";
  return body;
}

TEST_F(Http, ABodyThatIsPausedComesWhole) {
  std::string body = body_of_parts();
  HttpServer server({"HTTP/1.1 200 OK\r\nContent-Length: " + std::to_string(body.size()) +
                     "\r\nConnection: close\r\n\r\n" + body});
  Pausing pausing;
  pausing.fetch(server.url("/"));
  EXPECT_EQ(pausing.got.error, "");
  EXPECT_TRUE(pausing.body == body);
}

TEST_F(Http, WhatIsPausedMayBeRefusedOrCancelled) {
  std::string answer = "HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n" + body_of_parts();
  HttpServer server({answer, answer});
  Pausing refusing;
  refusing.most = 1;
  refusing.fetch(server.url("/"));
  EXPECT_EQ(refusing.got.kind, PF_E_CANCELLED);
  EXPECT_EQ(refusing.got.error, "the rest is not wanted");
  Pausing cancelled;
  HttpRequest request;
  std::string url = server.url("/");
  request.url = values::lit(url);
  request.sink = &Pausing::kSink;
  cancelled.exchange = pflow::http_start(
      request,
      [](void* user, const HttpResponse& end) { keep(&static_cast<Pausing*>(user)->got, end); },
      &cancelled);
  while (!cancelled.paused) uv_run(pf_loop_uv(), UV_RUN_ONCE);
  pflow::http_cancel(cancelled.exchange);
  EXPECT_EQ(cancelled.got.kind, PF_E_CANCELLED);
}

TEST_F(Http, RedirectsOnlyWhenAllowed) {
  std::string away =
      "HTTP/1.1 302 Found\r\nLocation: /b\r\nContent-Length: 0\r\n"
      "Connection: close\r\n\r\n";
  std::string there =
      "HTTP/1.1 200 OK\r\nX-B: 1\r\nContent-Length: 1\r\nConnection: close\r\n\r\nb";
  HttpServer server({away, away, there});
  HttpRequest request;
  EXPECT_EQ(fetch(request, server.url("/a")).status, 302);
  request.max_redirects = 5;
  Got got = fetch(request, server.url("/a"));
  EXPECT_EQ(got.status, 200);
  EXPECT_EQ(got.body, "b");
  EXPECT_EQ(got.headers.find("location"), std::string::npos) << "headers of the last response";
}

TEST_F(Http, ARedirectToWhatCannotBeAskedFor) {
  for (const char* location : {"//a b:x@host.example/p", "http://[", "file:///etc/passwd"}) {
    HttpServer server({"HTTP/1.1 302 Found\r\nLocation: " + std::string(location) +
                       "\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"});
    HttpRequest request;
    request.max_redirects = 5;
    Got got = fetch(request, server.url("/a"));
    EXPECT_EQ(got.kind, PF_E_NETWORK);
    EXPECT_TRUE(got.error.starts_with("it redirects to `")) << got.error;
    EXPECT_EQ(got.error.find("x@"), std::string::npos) << got.error;
  }
}

TEST_F(Http, NetworkErrors) {
  HttpServer server({""});
  Got dropped = fetch({}, server.url("/"));
  EXPECT_EQ(dropped.kind, PF_E_NETWORK);
  EXPECT_EQ(dropped.error, "Empty reply from server");
  Got refused = fetch({}, "http://127.0.0.1:1/");
  EXPECT_EQ(refused.kind, PF_E_NETWORK);
  EXPECT_NE(refused.error, "");
  Got unknown = fetch({}, "http://no-such-host.invalid/");
  EXPECT_EQ(unknown.kind, PF_E_NETWORK);
}

TEST_F(Http, WhatCannotBeSent) {
  EXPECT_EQ(fetch({}, "file:///etc/passwd").kind, PF_E_VALUE);
  EXPECT_EQ(fetch({}, "http://[").kind, PF_E_VALUE);
  HttpHeader bad[] = {{values::lit("X"), values::lit("a\r\nY: b")}};
  HttpRequest request;
  request.headers = bad;
  request.header_count = 1;
  Got got = fetch(request, "http://127.0.0.1:1/");
  EXPECT_EQ(got.kind, PF_E_VALUE);
  EXPECT_EQ(got.error, "`X` has a value with a line break or another control character");
}

TEST_F(Http, ATimeout) {
  HttpServer server({"wait"});
  HttpRequest request;
  request.timeout_ms = 50;
  Got got = fetch(request, server.url("/"));
  EXPECT_EQ(got.kind, PF_E_TIMEOUT);
}

TEST_F(Http, AResponseLongerThanAllowed) {
  HttpServer server(
      {"HTTP/1.1 200 OK\r\nContent-Length: 10\r\nConnection: close\r\n\r\n0123456789"});
  HttpRequest request;
  request.max_body = 9;
  Got got = fetch(request, server.url("/"));
  EXPECT_EQ(got.error, "the response is longer than 9 bytes");
}

TEST_F(Http, Cancel) {
  HttpServer server({"wait"});
  HttpRequest request;
  std::string url = server.url("/");
  request.url = values::lit(url);
  Got got;
  HttpExchange* exchange = pflow::http_start(request, keep, &got);
  while (server.requests().empty()) uv_run(pf_loop_uv(), UV_RUN_NOWAIT);
  pflow::http_cancel(exchange);
  EXPECT_TRUE(got.done);
  EXPECT_EQ(got.kind, PF_E_CANCELLED);
}

TEST_F(Http, ManyAtOnce) {
  std::string ok = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\nConnection: close\r\n\r\nok";
  HttpServer server(std::vector<std::string>(40, ok));
  HttpRequest request;
  std::string url = server.url("/");
  request.url = values::lit(url);
  std::vector<Got> got(40);
  for (Got& one : got) pflow::http_start(request, keep, &one);
  for (Got& one : got) {
    wait_for(one);
    EXPECT_EQ(one.body, "ok") << one.error;
  }
}

/// Takes connections and says nothing; `most` counts those that were open at once.
class SilentServer {
 public:
  SilentServer() {
    sockaddr_in address = {};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof address;
    EXPECT_EQ(bind(listener_, reinterpret_cast<sockaddr*>(&address), size), 0);
    EXPECT_EQ(listen(listener_, 64), 0);
    getsockname(listener_, reinterpret_cast<sockaddr*>(&address), &size);
    port_ = ntohs(address.sin_port);
    fcntl(listener_, F_SETFL, O_NONBLOCK);
  }
  SilentServer(const SilentServer&) = delete;
  SilentServer& operator=(const SilentServer&) = delete;
  ~SilentServer() {
    for (int each : open_) close(each);
    close(listener_);
  }

  void look() {
    for (int made = accept(listener_, nullptr, nullptr); made >= 0;
         made = accept(listener_, nullptr, nullptr)) {
      fcntl(made, F_SETFL, O_NONBLOCK);
      open_.push_back(made);
    }
    std::erase_if(open_, [](int each) {
      char data[4096];
      ssize_t got = 1;
      while (got > 0) got = read(each, data, sizeof data);
      if (got == 0) close(each);
      return got == 0;
    });
    most = std::max(most, open_.size());
  }
  [[nodiscard]] std::string url() const { return "https://127.0.0.1:" + std::to_string(port_); }
  size_t most = 0;

 private:
  int listener_ = socket(AF_INET, SOCK_STREAM, 0);
  int port_ = 0;
  std::vector<int> open_;
};

/// Each try takes its whole time; in turn they would take that many times as long.
TEST_F(Http, ABurstDoesNotWaitInLineForAServerThatIsSilent) {
  SilentServer server;
  HttpRequest request;
  request.connect_timeout_ms = 200;
  std::string url = server.url();
  request.url = values::lit(url);
  std::vector<Got> got(8);
  for (Got& one : got) pflow::http_start(request, keep, &one);
  while (!std::ranges::all_of(got, &Got::done)) {
    uv_run(pf_loop_uv(), UV_RUN_ONCE);
    server.look();
  }
  for (const Got& one : got) EXPECT_EQ(one.kind, PF_E_TIMEOUT) << one.error;
  EXPECT_EQ(server.most, 7);
}

}  // namespace
