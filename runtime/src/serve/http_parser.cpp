#include "runtime/src/serve/http_parser.h"

#include <boost/beast/http/basic_parser.hpp>
#include <boost/throw_exception.hpp>
#include <cstdlib>
#include <ostream>  // which Boost's string_view wants

#include "runtime/src/serve/settings.h"

// Nothing in the parser throws that is given its error codes; without exceptions Boost wants these.
namespace boost {
void throw_exception(const std::exception&) { std::abort(); }
void throw_exception(const std::exception&, const source_location&) { std::abort(); }
}  // namespace boost

namespace pflow::serve {
namespace {

namespace http = boost::beast::http;
using Code = boost::beast::error_code;
using View = boost::beast::string_view;

std::string text(View view) { return {view.data(), view.size()}; }

}  // namespace

class HttpParser::Reader : public http::basic_parser<true> {
 public:
  Reader() {
    header_limit(kMostHead);
    body_limit(settings().body);
    eager(true);
  }
  HttpIn request;

 private:
  void on_request_impl(http::verb, View method, View target, int version, Code&) override {
    request.method = text(method);
    request.target = text(target);
    request.newer = version >= 11;
  }
  void on_response_impl(int, View, int, Code&) override {}
  void on_field_impl(http::field, View name, View value, Code&) override {
    request.headers.emplace_back(text(name), text(value));
  }
  void on_header_impl(Code&) override {}
  void on_body_init_impl(const boost::optional<std::uint64_t>&, Code&) override {}
  std::size_t on_body_impl(View body, Code&) override {
    request.body.append(body.data(), body.size());
    return body.size();
  }
  void on_chunk_header_impl(std::uint64_t, View, Code&) override {}
  std::size_t on_chunk_body_impl(std::uint64_t, View body, Code&) override {
    request.body.append(body.data(), body.size());
    return body.size();
  }
  void on_finish_impl(Code&) override { request.keeps = keep_alive(); }
};

HttpParser::HttpParser() : reader_(std::make_unique<Reader>()) {}
HttpParser::~HttpParser() = default;

size_t HttpParser::take(std::string_view bytes) {
  Code failed;
  const size_t taken = reader_->put(boost::asio::const_buffer(bytes.data(), bytes.size()), failed);
  if (!failed || failed == http::error::need_more) return taken;
  problem_ = failed == http::error::body_limit     ? 413
             : failed == http::error::header_limit ? 431
             : failed == http::error::bad_version  ? 505
                                                   : 400;
  return taken;
}

bool HttpParser::has_head() const { return reader_->is_header_done(); }
bool HttpParser::is_done() const { return reader_->is_done(); }
HttpIn& HttpParser::request() { return reader_->request; }

}  // namespace pflow::serve
