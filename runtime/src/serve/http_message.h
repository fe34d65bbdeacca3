/// Requests as they came, and answers.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace pflow::serve {

struct HttpIn {
  std::string method;
  std::string target;    ///< as it was sent
  bool newer = true;     ///< HTTP/1.1, not 1.0
  bool keeps = true;     ///< the connection goes on
  bool expects = false;  ///< a word of ours before the body is sent
  std::vector<std::pair<std::string, std::string>> headers;
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
  std::string headers;  ///< more of them, each with its line end
};

/// Whether two names of headers, or words in them, are the same but for case.
[[nodiscard]] bool same_word(std::string_view one, std::string_view other);
/// `Accept` takes this type by its name or by a pattern; without the header anything is taken.
[[nodiscard]] bool accepts(const HttpIn& request, std::string_view type);
/// … and names it.
[[nodiscard]] bool asks_for(const HttpIn& request, std::string_view type);

/// The head of an answer: `length` of its body, or nothing of one that comes in chunks.
[[nodiscard]] std::string head_of(const HttpOut& out, std::optional<size_t> length, bool keeps);

}  // namespace pflow::serve
