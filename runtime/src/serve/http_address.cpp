#include "runtime/src/serve/http_address.h"

#include <arpa/inet.h>

#include <charconv>
#include <cstring>

namespace pflow::serve {
namespace {

bool read_port(std::string_view text, int& port) {
  constexpr int kMostPort = 65'535;
  auto [end, failed] = std::from_chars(text.data(), text.data() + text.size(), port);
  return failed == std::errc() && end == text.data() + text.size() && port >= 0 &&
         port <= kMostPort;
}

bool is_loopback(const sockaddr_storage& socket) {
  if (socket.ss_family == AF_INET) {
    const auto& address = reinterpret_cast<const sockaddr_in&>(socket);
    return ntohl(address.sin_addr.s_addr) >> 24 == 127;
  }
  const auto& address = reinterpret_cast<const sockaddr_in6&>(socket);
  return IN6_IS_ADDR_LOOPBACK(&address.sin6_addr);
}

}  // namespace

bool read_address(std::string_view text, HttpAddress& out) {
  const size_t colon = text.rfind(':');
  std::string host(colon == text.npos ? "127.0.0.1" : text.substr(0, colon));
  int port = 0;
  if (!read_port(colon == text.npos ? text : text.substr(colon + 1), port)) return false;
  if (host == "localhost") host = "127.0.0.1";
  const bool bracketed = host.size() > 2 && host.front() == '[' && host.back() == ']';
  const int failed =
      bracketed ? uv_ip6_addr(host.substr(1, host.size() - 2).c_str(), port,
                              reinterpret_cast<sockaddr_in6*>(&out.socket))
                : uv_ip4_addr(host.c_str(), port, reinterpret_cast<sockaddr_in*>(&out.socket));
  out.loopback = failed == 0 && is_loopback(out.socket);
  return failed == 0;
}

std::string url_of(const sockaddr_storage& socket) {
  char host[64] = "";
  const bool six = socket.ss_family == AF_INET6;
  const auto& address = reinterpret_cast<const sockaddr_in&>(socket);
  uv_ip_name(reinterpret_cast<const sockaddr*>(&socket), host, sizeof host);
  return std::string("http://") + (six ? "[" : "") + host + (six ? "]" : "") + ":" +
         std::to_string(ntohs(address.sin_port));
}

}  // namespace pflow::serve
