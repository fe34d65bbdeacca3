/// A server on a free port that gives each connection one canned answer.
#pragma once

#include <mutex>
#include <string>
#include <thread>
#include <vector>

class HttpServer {
 public:
  /// An empty answer closes the connection without one; "wait" holds it open.
  explicit HttpServer(std::vector<std::string> answers);
  ~HttpServer();

  [[nodiscard]] std::string url(const std::string& path) const;
  /// The requests read so far, headers and body.
  [[nodiscard]] std::vector<std::string> requests();

 private:
  void serve(int connection, const std::string& answer);

  int socket_ = -1;
  int port_ = 0;
  std::vector<std::string> answers_;
  std::vector<std::string> requests_;
  std::vector<int> held_;
  std::mutex mutex_;
  std::thread thread_;
};
