#include "tools/driver/play/session.h"

#include <fmt/format.h>

#include <boost/asio/post.hpp>
#include <filesystem>

#include "support/json_text.h"
#include "tools/lsp/framing.h"
#include "tools/lsp/uri.h"

namespace pflow::play {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace json = boost::json;
using lsp::string_at;
using lsp::text;

namespace {

constexpr size_t kLongestMessage = size_t{64} << 20;

/// A message of the language server without its header.
std::string body_of(std::string_view framed) {
  constexpr std::string_view kEnd = "\r\n\r\n";
  return std::string(framed.substr(framed.find(kEnd) + kEnd.size()));
}

}  // namespace

Session::Session(asio::io_context& context, beast::tcp_stream stream, Workbench& workbench)
    : context_(context),
      socket_(std::move(stream)),
      workbench_(workbench),
      language_server_(workbench.disk(), workbench.nodes(), workbench.pages(),
                       [this](std::string_view framed) { send_text(body_of(framed)); }) {}

void Session::start(const beast::http::request<beast::http::string_body>& request) {
  socket_.set_option(beast::websocket::stream_base::timeout::suggested(beast::role_type::server));
  socket_.read_message_max(kLongestMessage);
  socket_.async_accept(request, [self = shared_from_this()](beast::error_code error) {
    if (!error) self->begin();
  });
}

void Session::begin() {
  const std::string& path = workbench_.path();
  send({{"kind", "begin"},
        {"name", text(std::filesystem::path(path).filename().string())},
        {"uri", text(lsp::uri_of(path))},
        {"text", text(workbench_.first_text())},
        {"saves", workbench_.saves()}});
  read();
}

void Session::read() {
  socket_.async_read(incoming_, [self = shared_from_this()](beast::error_code error, size_t) {
    if (error) {  // the page is closed
      if (self->child_) self->child_->abandon();
      return;
    }
    json::error_code broken;
    const json::value message =
        json::parse(beast::buffers_to_string(self->incoming_.data()), broken);
    self->incoming_.clear();
    if (!broken) self->handle(message);
    self->read();
  });
}

void Session::handle(const json::value& message) {
  const std::string kind = string_at(message, "kind");
  if (lsp::member(message, "jsonrpc") != nullptr) {
    language_server_.receive(lsp::Framing::frame(json::serialize(message)));
    step_language_server();
  } else if (kind == "draw") {
    draw(string_at(message, "text"));
  } else if (kind == "run") {
    run(message);
  } else if (kind == "stop" && child_) {
    child_->stop();
  } else if (kind == "save") {
    save(string_at(message, "text"));
  }
}

/// A step at a time, so that edits that have come meanwhile are seen before the next.
void Session::step_language_server() {
  asio::post(context_, [self = shared_from_this()] {
    if (self->language_server_.step()) self->step_language_server();
  });
}

void Session::draw(const std::string& text) {
  Result<std::string> graph = workbench_.draw(text);
  send_text(fmt::format(R"({{"kind":"picture","graph":{}}})", graph ? *graph : "null"));
}

std::vector<std::string> Session::words(const Workbench::Made& made,
                                        const json::value& message) const {
  std::vector<std::string> words{made.program};
  for (const json::value& parameter : lsp::array_at(message, "parameters")) {
    const json::array* pair = parameter.if_array();
    if (pair == nullptr || pair->size() != 2) continue;
    const json::string* name = (*pair)[0].if_string();
    const json::string* value = (*pair)[1].if_string();
    if (name == nullptr || value == nullptr) continue;
    words.push_back(fmt::format("--{}={}", std::string_view(*name), std::string_view(*value)));
  }
  if (std::string model = string_at(message, "model"); !model.empty())
    words.push_back("--pflow-model=" + model);
  words.push_back(fmt::format("--pflow-trace=/dev/fd/{}", kTraceDescriptor));
  words.push_back("--pflow-report=" + workbench_.report(made.number));
  return words;
}

void Session::run(const json::value& message) {
  const std::string program_text = string_at(message, "text");
  if (workbench_.saves()) save(program_text);
  Result<Workbench::Made> made = workbench_.make(program_text);
  if (!made) {
    send({{"kind", "output"}, {"stream", "err"}, {"text", text(made.message())}});
    return send({{"kind", "ended"}, {"status", "not run: the program has errors"}});
  }
  if (child_) child_->abandon();
  // The child is this session's: it is abandoned before that goes.
  const std::weak_ptr<Session> weak = weak_from_this();
  child_ = std::make_shared<Child>(
      context_,
      Child::Listener{
          [weak](std::string_view stream, const std::string& printed, std::function<void()> next) {
            const auto self = weak.lock();
            if (!self) return;
            self->send_text(fmt::format(R"({{"kind":"output","stream":"{}","text":{}}})", stream,
                                        json_string(printed)),
                            std::move(next));
          },
          [weak, number = made->number](const std::string& status) {
            if (const auto self = weak.lock()) self->end_run(number, status);
          }});
  child_->start(words(*made, message), workbench_.folder().string());
}

void Session::end_run(int number, const std::string& status) {
  json::object message{{"kind", "ended"}, {"status", text(status)}};
  if (workbench_.disk().exists(workbench_.report(number)))
    message["report"] = fmt::format("report/{}", number);
  send(message);
}

void Session::save(const std::string& program_text) {
  if (!workbench_.saves()) return;
  Result<Done> saved = workbench_.save(program_text);
  const std::string status = saved ? "saved" : "not saved: " + saved.message();
  send({{"kind", "saved"}, {"status", text(status)}, {"well", static_cast<bool>(saved)}});
}

void Session::send(const json::object& message, std::function<void()> then) {
  send_text(json::serialize(message), std::move(then));
}

void Session::send_text(std::string text, std::function<void()> then) {
  outgoing_.push_back({std::move(text), std::move(then)});
  if (outgoing_.size() == 1) write();
}

void Session::write() {
  socket_.text(true);
  socket_.async_write(asio::buffer(outgoing_.front().text),
                      [self = shared_from_this()](beast::error_code error, size_t) {
                        if (error) return;
                        const std::function<void()> then = std::move(self->outgoing_.front().then);
                        self->outgoing_.pop_front();
                        if (!self->outgoing_.empty()) self->write();
                        if (then) then();
                      });
}

}  // namespace pflow::play
