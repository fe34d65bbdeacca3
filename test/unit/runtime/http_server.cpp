#include "test/unit/runtime/http_server.h"

#include <netinet/in.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <unistd.h>

HttpServer::HttpServer(std::vector<std::string> answers) : answers_(std::move(answers)) {
  socket_ = socket(AF_INET, SOCK_STREAM, 0);
  sockaddr_in address = {};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  socklen_t size = sizeof address;
  auto* generic = reinterpret_cast<sockaddr*>(&address);
  if (bind(socket_, generic, size) != 0 || listen(socket_, 128) != 0 ||
      getsockname(socket_, generic, &size) != 0)
    abort();
  port_ = ntohs(address.sin_port);
  thread_ = std::thread([this] {
    for (const std::string& answer : answers_) {
      int connection = accept(socket_, nullptr, nullptr);
      if (connection < 0) return;
      serve(connection, answer);
    }
  });
}

HttpServer::~HttpServer() {
  shutdown(socket_, SHUT_RDWR);
  thread_.join();
  for (int connection : held_) close(connection);
  close(socket_);
}

std::string HttpServer::url(const std::string& path) const {
  return "http://127.0.0.1:" + std::to_string(port_) + path;
}

std::vector<std::string> HttpServer::requests() {
  std::lock_guard lock(mutex_);
  return requests_;
}

void HttpServer::serve(int connection, const std::string& answer) {
  std::string request;
  size_t expected = std::string::npos;
  while (request.size() < expected) {
    char piece[4096];
    ssize_t got = recv(connection, piece, sizeof piece, 0);
    if (got <= 0) break;
    request.append(piece, static_cast<size_t>(got));
    size_t end = request.find("\r\n\r\n");
    if (end == std::string::npos) continue;
    size_t length = request.find("Content-Length: ");
    expected =
        end + 4 + (length == std::string::npos ? 0 : strtoul(&request[length + 16], nullptr, 10));
  }
  {
    std::lock_guard lock(mutex_);
    requests_.push_back(request);
  }
  if (answer == "wait") {
    held_.push_back(connection);
    return;
  }
  if (!answer.empty() && send(connection, answer.data(), answer.size(), MSG_NOSIGNAL) < 0) abort();
  close(connection);
}
