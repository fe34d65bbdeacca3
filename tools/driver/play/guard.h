/// Who may use the playground: the page that was opened with its address, and nothing else in the
/// browser.
///
/// Other pages can send requests to a port of this machine, and a name of theirs can be made to
/// stand for 127.0.0.1. So the address holds a random token, and the request says that it is for
/// this server and, where it comes from a page, from a page of it.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace pflow::play {

/// What a request says of itself; empty where it says nothing.
struct Visit {
  std::string_view target, host, origin;
};

class Guard {
 public:
  Guard(uint16_t port, std::string token);

  /// `http://127.0.0.1:PORT/TOKEN/`
  [[nodiscard]] std::string address() const { return "http://" + host_ + prefix_; }
  [[nodiscard]] bool admits_to_page(const Visit& visit) const;
  /// The number N of a request for `report/N`.
  [[nodiscard]] std::optional<int> admits_to_report(const Visit& visit) const;
  /// Browsers always say the origin of a page that opens a socket.
  [[nodiscard]] bool admits_to_socket(const Visit& visit) const;

 private:
  [[nodiscard]] bool is_from_own_page(const Visit& visit) const;
  [[nodiscard]] bool is_own(const Visit& visit, std::string_view path) const;

  std::string host_, prefix_;
};

/// 128 random bits as letters and digits; empty when the machine gives none.
[[nodiscard]] std::string random_token();

}  // namespace pflow::play
