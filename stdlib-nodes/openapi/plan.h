/// What a node says to its API, as the file of that tells it (docs/openapi.md): which part of a
/// request each port is.
#pragma once

#include <string>
#include <string_view>

#include "pflow/abi.h"
#include "stdlib-nodes/mcp/members.h"

namespace pf_openapi {

using pf_mcp::items;
using pf_mcp::Json;
using pf_mcp::json_of;
using pf_mcp::member;
using pf_mcp::Member;
using pf_mcp::members;
using pf_mcp::text_member;
using pf_mcp::text_of;

inline constexpr pf_type kBytes = {
    PF_BYTES, sizeof(pf_str), alignof(pf_str), 1, "bytes", nullptr, 0, nullptr, nullptr, nullptr};

class Plan {
 public:
  /// That of a node, made once.
  static const Plan& of(const pf_foreign& node);

  /// As programs call the API.
  [[nodiscard]] std::string_view name() const { return pflow::view(node_->words[0]); }
  /// Where the API is, and its security schemes.
  [[nodiscard]] const pf_json& api() const { return api_.get(); }
  [[nodiscard]] const pf_json& operation() const { return operation_.get(); }
  [[nodiscard]] const pf_foreign& node() const { return *node_; }

  /// Null when the node has no such port.
  [[nodiscard]] const pf_field* port(std::string_view name) const;

 private:
  explicit Plan(const pf_foreign& node);

  const pf_foreign* node_;
  Json api_, operation_;
};

/// The values of the ports of one call.
class Ports {
 public:
  Ports(const Plan& plan, const void* in) : plan_(plan), in_(in) {}

  /// The value as JSON. False: there is no such port, or it is `none`.
  bool read(std::string_view port, Json* out) const;
  /// As JSON text; empty when there is none.
  [[nodiscard]] std::string json(std::string_view port) const;
  /// A text or bytes, as they are. False: it is none of these, or `none`.
  bool raw(std::string_view port, std::string_view* out) const;
  /// Its type, that of what it may hold; null when there is no such port, or it is `none`.
  [[nodiscard]] const pf_type* type(std::string_view port) const;
  /// Where a list of bytes lies; null when it is none.
  [[nodiscard]] const pf_list* blobs(std::string_view port) const;

 private:
  /// The value that is no optional, and its type; null when it is `none`.
  [[nodiscard]] const void* value(std::string_view port, const pf_type** type) const;

  const Plan& plan_;
  const void* in_;
};

}  // namespace pf_openapi
