#include "tools/lsp/framing.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

namespace pflow::lsp {

namespace {

constexpr size_t kMaxBody = size_t{256} * 1024 * 1024;
constexpr size_t kMaxHeader = 4096;

bool same_name(std::string_view name, std::string_view lower) {
  return std::ranges::equal(name, lower, {}, [](char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  });
}

/// The value of `Content-Length`; false when the header has none.
bool length_of(std::string_view header, size_t& length) {
  while (!header.empty()) {
    std::string_view line = header.substr(0, header.find('\n'));
    header.remove_prefix(std::min(line.size() + 1, header.size()));
    size_t colon = line.find(':');
    if (colon == std::string_view::npos || !same_name(line.substr(0, colon), "content-length"))
      continue;
    size_t begin = line.find_first_not_of(" \t", colon + 1);
    if (begin == std::string_view::npos) return false;
    auto [stop, error] = std::from_chars(line.data() + begin, line.data() + line.size(), length);
    std::string_view rest(stop, static_cast<size_t>(line.data() + line.size() - stop));
    return error == std::errc{} && rest.find_first_not_of(" \t\r") == std::string_view::npos;
  }
  return false;
}

}  // namespace

/// Takes a header from the buffer; false when there is no whole one yet.
bool Framing::read_header() {
  while (true) {
    size_t end = buffer_.find("\r\n\r\n");
    size_t size = 4;
    if (size_t bare = buffer_.find("\n\n"); bare < end) end = bare, size = 2;
    if (end == std::string::npos) {
      // No header is so long: the bytes are none.
      if (buffer_.size() > kMaxHeader) buffer_.erase(0, buffer_.size() - kMaxHeader / 2);
      return false;
    }
    bool found = length_of(std::string_view(buffer_).substr(0, end), length_);
    buffer_.erase(0, end + size);
    if (found) return true;
  }
}

std::optional<std::string> Framing::next() {
  while (true) {
    if (!in_body_ && !read_header()) return std::nullopt;
    in_body_ = true;
    if (length_ > kMaxBody) {
      size_t dropped = std::min(buffer_.size(), length_ - skipped_);
      buffer_.erase(0, dropped);
      skipped_ += dropped;
      if (skipped_ < length_) return std::nullopt;
      skipped_ = 0;
      in_body_ = false;
      continue;
    }
    if (buffer_.size() < length_) return std::nullopt;
    std::string body = buffer_.substr(0, length_);
    buffer_.erase(0, length_);
    in_body_ = false;
    return body;
  }
}

std::string Framing::frame(std::string_view body) {
  return fmt::format("Content-Length: {}\r\n\r\n{}", body.size(), body);
}

}  // namespace pflow::lsp
