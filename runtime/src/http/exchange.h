/// One request through its redirects. Knows libcurl's easy interface only.
#pragma once

#include <curl/curl.h>

#include "pflow/http.hpp"
#include "runtime/src/http/header_fields.h"
#include "runtime/src/http/received.h"
#include "runtime/src/http/route.h"
#include "runtime/src/http/tape.h"
#include "runtime/src/values/buffer.h"
#include "runtime/src/values/row.h"

namespace pflow {

struct CurlMulti;
struct TransportError;

struct HttpExchange {
  HttpExchange(HttpDone done, void* user) : done(done), user(user) {}
  HttpExchange(const HttpExchange&) = delete;
  HttpExchange& operator=(const HttpExchange&) = delete;
  ~HttpExchange();

  /// Makes the curl handle; false when the request cannot be sent, `problem` says why.
  bool prepare(const HttpRequest& request);
  /// After the handle has ended well: sets it up for where a redirect leads; false when the
  /// exchange ends here.
  bool follow();
  enum class Goes : uint8_t { Out, Played, Nowhere };
  /// Before a request goes out; Nowhere: `problem` says why.
  Goes ask_tape();
  /// Takes the answer of the tape; false: once it is resumed.
  bool play();
  /// Whether `play` is to be called again.
  [[nodiscard]] bool resume_playing();
  [[nodiscard]] bool is_played() const { return played_ != nullptr; }
  /// Tells the tape that the answer is there: all of it, or as much as was wanted.
  void end_recording(bool whole);
  /// The request has failed, or the rest of the answer is not wanted.
  void stop_recording();
  void pause() { paused_ = true; }
  void resume();
  /// It gets a connection of its own.
  void stop_sharing();
  [[nodiscard]] bool was_sent() const { return sent_ != 0; }
  /// See `origin_of`.
  [[nodiscard]] uint64_t origin() const { return route_.origin; }
  /// Tells `done` how it ended.
  void finish(CURLcode result);
  void finish_with_error(pf_error_kind kind, const char* error, const char* help = nullptr,
                         bool once = false);

  HttpDone done;
  void* user;
  CURL* easy = nullptr;
  HttpExchange* next_refused = nullptr;
  HttpExchange* next_played = nullptr;
  CurlMulti* multi = nullptr;  ///< where `easy` is
  /// Whether the request may share a connection with others to the same origin; those that do
  /// form a list.
  bool shares = false;
  HttpExchange* next_sharing = nullptr;
  HttpExchange** place_sharing = nullptr;  ///< what points to this one
  const char* problem = nullptr;           ///< why it ends here; with `problem_kind`
  pf_error_kind problem_kind = PF_E_VALUE;

 private:
  static size_t on_body(char* data, size_t size, size_t count, void* exchange);
  static size_t on_header(char* data, size_t size, size_t count, void* exchange);
  static curl_socket_t open_socket(void* exchange, curlsocktype, curl_sockaddr* address);
  static int close_socket(void*, curl_socket_t socket);
  static int before_sending(void* exchange, char*, char*, int, int);
  bool copy(const HttpRequest& request);
  static CURL* make_handle();
  bool find_way();
  void set_fixed(const HttpRequest& request);
  void set_hop();
  bool go_to(const char* location);
  void finish_with_error(TransportError& error);
  void begin_body();
  bool take_body(const char* data, size_t len);
  bool fail(pf_error_kind kind, const char* why);
  [[nodiscard]] bool redirects() const;
  /// Calls `use` with the answer so far, without its body.
  template <typename Use>
  void with_head(Use use) {
    rt::Row<HttpHeader> headers;
    received_.list_headers(headers);
    HttpResponse response;
    response.status = received_.status();
    response.header_count = headers.size();
    response.headers = headers.data();
    use(response);
  }
  [[nodiscard]] bool is_head();
  void drop_recording();

  // What is asked for, as the redirects so far have left it.
  rt::Buffer url_;
  rt::Buffer method_;
  rt::Buffer body_;
  SentHeaders headers_;
  bool has_body_ = false;
  Route route_;
  bool at_home_ = true;  ///< at the origin that was asked for, all the way
  int redirects_left_ = 0;
  int max_redirects_ = 0;

  const HttpSink* sink_ = nullptr;
  enum class Body : uint8_t { Awaited, Collected, Sunk, Dropped } body_goes_ = Body::Awaited;
  Received received_;
  size_t max_body_ = 0;
  bool paused_ = false;
  bool held_ = false;        ///< libcurl holds back what came since
  int sent_ = 0;             ///< how often this hop was sent
  bool repeatable_ = false;  ///< whether it may be sent again
  bool lacks_descriptors_ = false;
  const HttpTape* tape_ = nullptr;  ///< of this hop: another one may listen before it has ended
  const HttpResponse* played_ = nullptr;
  void* recording_ = nullptr;
  bool decoded_ = true;
  bool recorded_ = true;
  rt::Buffer why_;
  rt::Buffer help_;
  curl_slist* lines_ = nullptr;
  char error_[CURL_ERROR_SIZE] = "";
};

}  // namespace pflow
