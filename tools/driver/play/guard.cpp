#include "tools/driver/play/guard.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <array>
#include <charconv>
#include <utility>

#include "tools/driver/descriptor.h"

namespace pflow::play {

Guard::Guard(uint16_t port, std::string token)
    : host_(fmt::format("127.0.0.1:{}", port)), prefix_(fmt::format("/{}/", std::move(token))) {}

namespace {

/// Takes as long wherever the texts differ, so that no token is guessed bit by bit.
bool equal(std::string_view a, std::string_view b) {
  if (a.size() != b.size()) return false;
  unsigned differs = 0;
  for (size_t i = 0; i < a.size(); ++i) differs |= static_cast<unsigned>(a[i] ^ b[i]);
  return differs == 0;
}

}  // namespace

bool Guard::is_own(const Visit& visit, std::string_view path) const {
  return visit.host == host_ && equal(visit.target, prefix_ + std::string(path));
}

/// Browsers do not say the origin of a page that is opened by its address.
bool Guard::is_from_own_page(const Visit& visit) const {
  return visit.origin.empty() || visit.origin == "http://" + host_;
}

bool Guard::admits_to_page(const Visit& visit) const {
  return is_own(visit, "") && is_from_own_page(visit);
}

std::optional<int> Guard::admits_to_report(const Visit& visit) const {
  int run = 0;
  const char* end = visit.target.data() + visit.target.size();
  const size_t slash = visit.target.rfind('/');
  if (slash == std::string_view::npos) return std::nullopt;
  auto [last, error] = std::from_chars(visit.target.data() + slash + 1, end, run);
  if (error != std::errc() || last != end) return std::nullopt;
  if (!is_own(visit, fmt::format("report/{}", run)) || !is_from_own_page(visit))
    return std::nullopt;
  return run;
}

bool Guard::admits_to_socket(const Visit& visit) const {
  return is_own(visit, "socket") && visit.origin == "http://" + host_;
}

std::string random_token() {
  const Descriptor source(open("/dev/urandom", O_RDONLY | O_CLOEXEC));
  std::array<unsigned char, 16> bytes{};
  if (source.get() < 0 || read(source.get(), bytes.data(), bytes.size()) != ssize_t{bytes.size()})
    return {};
  std::string token;
  for (unsigned char byte : bytes) token += fmt::format("{:02x}", byte);
  return token;
}

}  // namespace pflow::play
