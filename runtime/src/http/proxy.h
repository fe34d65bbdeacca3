/// The proxies that the environment names.
#pragma once

#include "runtime/src/http/address.h"
#include "runtime/src/values/buffer.h"

namespace pflow {

/// Which one a request goes through.
struct Proxy {
  const char* variable = nullptr;  ///< null: none, it goes straight
  const char* text = "";           ///< the variable's value
};

[[nodiscard]] Proxy proxy_for(const Address& address);

/// Null, or why no request can go through it: a text to stand in an error, valid until the
/// next call.
const char* proxy_problem(const Proxy& proxy);

/// Adds its name as it may be shown, without a password.
void add_proxy_name(rt::Buffer& out, const Proxy& proxy);

}  // namespace pflow
