/// Where a server listens.
#pragma once

#include <string>
#include <string_view>

#include "pflow/loop.h"

namespace pflow::serve {

struct HttpAddress {
  sockaddr_storage socket{};
  bool loopback = false;  ///< only this machine reaches it

  [[nodiscard]] const sockaddr* get() const { return reinterpret_cast<const sockaddr*>(&socket); }
};

/// `8080` of this machine, `0.0.0.0:8080`, `[::]:8080`, `localhost:0`. False: it is none.
[[nodiscard]] bool read_address(std::string_view text, HttpAddress& out);
/// `http://127.0.0.1:8080`.
[[nodiscard]] std::string url_of(const sockaddr_storage& socket);

}  // namespace pflow::serve
