#include "tools/lsp/server.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "tools/lsp/requests.h"
#include "tools/lsp/uri.h"

namespace pflow::lsp {

namespace {

constexpr size_t kMaxDepth = 200;

const json::value kNothing;

const json::value& params_of(const json::value& message) {
  const json::value* params = member(message, "params");
  return params == nullptr ? kNothing : *params;
}

}  // namespace

Server::Server(FileSystem& disk, sema::NodePath nodes, std::string pages,
               std::function<void(std::string_view)> send)
    : session_(disk, std::move(nodes), std::move(pages)), send_(std::move(send)) {}

void Server::receive(std::string_view bytes) {
  framing_.feed(bytes);
  while (std::optional<std::string> body = framing_.next()) enqueue(*body);
}

void Server::enqueue(const std::string& body) {
  boost::system::error_code error;
  json::parse_options options;
  options.max_depth = kMaxDepth;
  json::value message = json::parse(body, error, {}, options);
  if (error)
    return send_error(nullptr, ErrorCode::ParseError, "the message is no JSON: " + error.message());
  if (!message.is_object())
    return send_error(nullptr, ErrorCode::InvalidRequest, "the message is no object");
  if (string_at(message, "method") != "$/cancelRequest") {
    queue_.push_back({std::move(message)});
    return;
  }
  if (const json::value* id = member(message, "params.id")) cancel(*id);
}

void Server::cancel(const json::value& id) {
  for (Message& message : queue_)
    if (const json::value* own = member(message.body, "id"); own != nullptr && *own == id)
      message.cancelled = true;
}

bool Server::step() {
  if (!queue_.empty()) {
    Message message = std::move(queue_.front());
    queue_.pop_front();
    handle(message);
    return true;
  }
  if (!has_work()) return false;
  to_publish_.merge(session_.take_stale());
  publish_one();
  return true;
}

void Server::handle(const Message& message) {
  const json::value* id = member(message.body, "id");
  const std::string method = string_at(message.body, "method");
  const json::value& params = params_of(message.body);
  if (id == nullptr) {
    if (method == "exit") finished_ = true;
    if (ready_ && !shut_down_) handle_notification(method, params);
    return;
  }
  if (method.empty()) {
    bool response =
        member(message.body, "result") != nullptr || member(message.body, "error") != nullptr;
    if (!response) send_error(*id, ErrorCode::InvalidRequest, "the message has no method");
    return;
  }
  // The front end may throw; one request must not end the others.
  try {
    json::value result = answer(message, method, params);
    send({{"jsonrpc", "2.0"}, {"id", *id}, {"result", std::move(result)}});
  } catch (const RequestError& error) {
    send_error(*id, error.code, error.what());
  } catch (const std::exception& error) {
    send_error(*id, ErrorCode::InternalError, fmt::format("an error of pflowc: {}", error.what()));
  }
}

json::value Server::answer(const Message& message, std::string_view method,
                           const json::value& params) {
  if (method == "initialize") return initialize(params);
  if (!ready_) throw RequestError(ErrorCode::ServerNotInitialized, "`initialize` comes first");
  if (shut_down_) throw RequestError(ErrorCode::InvalidRequest, "the server is shut down");
  if (message.cancelled) throw RequestError(ErrorCode::RequestCancelled, "cancelled");
  if (method == "shutdown") {
    shut_down_ = true;
    return nullptr;
  }
  auto requests = all_requests();
  auto row = std::ranges::find(requests, method, &RequestRow::method);
  if (row == requests.end())
    throw RequestError(ErrorCode::MethodNotFound, fmt::format("no method `{}`", method));
  if (row->of_whole_text && is_outdated(params))
    throw RequestError(ErrorCode::ContentModified, "the text has changed");
  return row->answer(session_, params);
}

bool Server::is_outdated(const json::value& params) const {
  const std::string uri = string_at(params, "textDocument.uri");
  return std::ranges::any_of(queue_, [&](const Message& later) {
    const std::string method = string_at(later.body, "method");
    bool edits = method == "textDocument/didChange" || method == "textDocument/didClose";
    return edits && string_at(later.body, "params.textDocument.uri") == uri;
  });
}

json::value Server::initialize(const json::value& params) {
  if (ready_) throw RequestError(ErrorCode::InvalidRequest, "`initialize` comes once");
  for (const json::value& encoding : array_at(params, "capabilities.general.positionEncodings"))
    if (encoding == "utf-8") session_.encoding = Encoding::Utf8;
  for (const json::value& folder : array_at(params, "workspaceFolders"))
    session_.folders.push_back(path_of(string_at(folder, "uri")));
  if (session_.folders.empty())
    if (std::string root = string_at(params, "rootUri"); !root.empty())
      session_.folders.push_back(path_of(root));
  session_.snippets =
      bool_at(params, "capabilities.textDocument.completion.completionItem.snippetSupport");
  can_watch_ = bool_at(params, "capabilities.workspace.didChangeWatchedFiles.dynamicRegistration");
  ready_ = true;
  return json::object{{"capabilities", capabilities(session_)},
                      {"serverInfo", json::object{{"name", "pflowc"}, {"version", PFLOW_VERSION}}}};
}

void Server::handle_notification(std::string_view method, const json::value& params) {
  if (method == "initialized") watch_files();
  if (method == "textDocument/didOpen") session_.open(params);
  if (method == "textDocument/didChange") session_.change(params);
  if (method == "textDocument/didClose") session_.close(params);
  if (method == "workspace/didChangeWatchedFiles")
    for (const json::value& change : array_at(params, "changes"))
      session_.changed_on_disk(path_of(string_at(change, "uri")));
}

void Server::watch_files() {
  if (!std::exchange(can_watch_, false)) return;
  json::object watched{{"watchers", json::array{json::object{{"globPattern", "**/*.pf"}},
                                                json::object{{"globPattern", "**/package.toml"}}}}};
  json::object registration{{"id", "programs"},
                            {"method", "workspace/didChangeWatchedFiles"},
                            {"registerOptions", std::move(watched)}};
  send({{"jsonrpc", "2.0"},
        {"id", "watch"},
        {"method", "client/registerCapability"},
        {"params", json::object{{"registrations", json::array{std::move(registration)}}}}});
}

/// Of one document, so that what comes meanwhile is seen before the next one is checked.
void Server::publish_one() {
  if (to_publish_.empty()) return;
  const std::string uri = *to_publish_.begin();
  to_publish_.erase(to_publish_.begin());
  std::vector<json::object> found;
  if (const Document* document = session_.documents.find(uri)) {
    try {
      found = diagnostics_of(session_, *document);
    } catch (const std::exception& error) {
      send({{"jsonrpc", "2.0"},
            {"method", "window/logMessage"},
            {"params", json::object{{"type", 1},
                                    {"message",
                                     text(fmt::format("an error of pflowc: {}", error.what()))}}}});
    }
  }
  if (found.empty()) found.push_back({{"uri", text(uri)}, {"diagnostics", json::array()}});
  std::set<std::string> gone = std::exchange(published_[uri], {});
  for (json::object& params : found) {
    const std::string file = string_at(params, "uri");
    gone.erase(file);
    if (file != uri) published_[uri].insert(file);
    publish(std::move(params));
  }
  for (const std::string& file : gone)
    if (session_.documents.find(file) == nullptr)
      publish({{"uri", text(file)}, {"diagnostics", json::array()}});
}

void Server::publish(json::object params) {
  send({{"jsonrpc", "2.0"},
        {"method", "textDocument/publishDiagnostics"},
        {"params", std::move(params)}});
}

void Server::send(const json::object& message) { send_(Framing::frame(json::serialize(message))); }

void Server::send_error(const json::value& id, ErrorCode code, std::string_view message) {
  send({{"jsonrpc", "2.0"},
        {"id", id},
        {"error", json::object{{"code", static_cast<int>(code)}, {"message", text(message)}}}});
}

}  // namespace pflow::lsp
