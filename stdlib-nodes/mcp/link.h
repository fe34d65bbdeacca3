/// The way to a server: a process, or an address.
#pragma once

#include <stdint.h>

#include <set>
#include <string>
#include <string_view>

#include "settings.h"

namespace pf_mcp {

class Client;

/// The two forms of the protocol: until 2025-11-25 with a handshake, since 2026-07-28 without.
enum class Era : unsigned char { Legacy, Modern };

inline constexpr std::string_view kModernVersion = "2026-07-28";

struct Request {
  int64_t id;
  std::string_view method;
  std::string_view name;          ///< of the tool; else empty
  std::string text;               ///< the message
  const pf_json* tool = nullptr;  ///< as the server offers it
  std::string_view arguments{};   ///< of the tool, as JSON
};

/// Made by `Start`; ends itself once it is left.
class Link {
 public:
  /// All that have not ended.
  static std::set<Link*>& all();

  Link(const Link&) = delete;
  Link& operator=(const Link&) = delete;

  /// Whether calls of the tool, as the server offers it, can go this way.
  [[nodiscard]] virtual bool carries(const pf_json& tool) const = 0;
  /// In which form the first message is written.
  [[nodiscard]] virtual Era first_era() const = 0;
  /// The form is known from here on; `version` is that of the protocol.
  virtual void agree(Era era, std::string_view version) = 0;
  /// The answer comes to `Client::take`, or a failure to `Client::fail_request`.
  virtual void ask(const Request& request) = 0;
  /// What nothing comes back for: a notification, or an answer to a request of the server.
  virtual void tell(std::string text) = 0;
  /// The request is not waited for any more. `notification` says so, where the way does not.
  virtual void drop(int64_t id, std::string notification) = 0;
  /// Whether further requests are to wait, until `Client::send_calls`.
  [[nodiscard]] virtual bool is_full() const = 0;
  /// Whether the loop waits for what comes.
  virtual void hold_loop(bool holds) = 0;
  /// The client hears no more of it. It ends gently, or at once where it does what none should.
  virtual void leave(bool gently) = 0;

 protected:
  Link() { all().insert(this); }
  ~Link() { all().erase(this); }
};

/// Null: `problem` says why there is no way.
using Start = Link* (*)(const Settings& settings, Client& client, std::string* problem);

/// What both ways do with a call of a node.
pf_status start_call(const pf_foreign* node, pf_call* call, const void* in, void* out, Start start);
bool check_settings(const pf_foreign* node);

}  // namespace pf_mcp
