/// Requests as they came, and answers.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace pflow::serve {

using HttpHeaders = std::vector<std::pair<std::string, std::string>>;

/// The size of what stands before the body, at most.
constexpr unsigned kMostHead = 32 * 1024;

struct HttpIn {
  std::string method;
  std::string target;  ///< as it was sent
  bool newer = true;   ///< HTTP/1.1 or HTTP/2, not HTTP/1.0
  bool keeps = true;   ///< the connection goes on
  HttpHeaders headers;
  std::string body;

  /// The value of a header, whatever its case; nothing when it is not there, the first of several.
  [[nodiscard]] std::optional<std::string_view> header(std::string_view name) const;
  /// The target without its query.
  [[nodiscard]] std::string_view path() const;
};

struct HttpOut {
  int status = 200;
  std::string_view type = "application/json";
  std::string body;
  HttpHeaders headers;  ///< more of them
};

/// Whether two names of headers, or words in them, are the same but for case.
[[nodiscard]] bool same_word(std::string_view one, std::string_view other);
/// `Accept` takes this type by its name or by a pattern; without the header anything is taken.
[[nodiscard]] bool accepts(const HttpIn& request, std::string_view type);
/// … and names it.
[[nodiscard]] bool asks_for(const HttpIn& request, std::string_view type);

/// The client waits for a word of ours before it sends the body.
[[nodiscard]] bool awaits_word(const HttpIn& request);

/// `take(name, value)` of each header of an answer; `length` is that of its body, nothing of one
/// that comes in pieces.
template <typename Take>
void each_header(const HttpOut& out, std::optional<size_t> length, Take take) {
  const bool has_none = out.status == 204 || (out.status == 202 && out.body.empty());
  if (!out.type.empty() && !has_none) take("Content-Type", out.type);
  if (length)
    take("Content-Length", std::to_string(*length));
  else
    take("Cache-Control", "no-store");
  for (const auto& [name, value] : out.headers) take(name, value);
}

/// What a client did not keep to, for the answer of this status.
[[nodiscard]] std::string_view refusal_of(int status);

}  // namespace pflow::serve
