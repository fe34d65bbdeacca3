#include "runtime/src/http/header_fields.h"

#include <string.h>
#include <strings.h>

#include "runtime/src/values/utf8.h"

namespace pflow {
namespace {

/// They say how a message is framed and what the connection does: the client's own.
constexpr const char* kOfConnection[] = {"Content-Length",
                                         "Transfer-Encoding",
                                         "Connection",
                                         "Keep-Alive",
                                         "Proxy-Connection",
                                         "Expect",
                                         "TE",
                                         "Trailer",
                                         "Upgrade",
                                         "HTTP2-Settings"};
/// They hold no secret, whoever writes them.
constexpr const char* kPublic[] = {
    "Accept",           "Accept-Language",  "Accept-Encoding",   "Accept-Charset", "Content-Type",
    "Content-Encoding", "Content-Language", "Content-Location",  "Range",          "If-Range",
    "If-Match",         "If-None-Match",    "If-Modified-Since", "User-Agent"};
constexpr const char* kOfBody[] = {"Content-Type", "Content-Encoding", "Content-Language",
                                   "Content-Location"};

bool is_named(const char* name, size_t len, const char* other) {
  return strlen(other) == len && strncasecmp(name, other, len) == 0;
}

template <size_t N>
bool is_one_of(const char* name, size_t len, const char* const (&names)[N]) {
  for (const char* other : names)
    if (is_named(name, len, other)) return true;
  return false;
}

/// A token of RFC 9110, 5.6.2.
bool is_token(const pf_str& text) {
  for (size_t i = 0; i < text.len; ++i) {
    char c = text.data[i];
    if (c <= ' ' || c >= 0x7f || strchr("\"(),/:;<=>?@[\\]{}", c)) return false;
  }
  return text.len != 0;
}

/// No control character but a tab (RFC 9110, 5.5).
bool is_value(const pf_str& text) {
  for (size_t i = 0; i < text.len; ++i) {
    auto c = static_cast<unsigned char>(text.data[i]);
    if ((c < ' ' && c != '\t') || c == 0x7f) return false;
  }
  return true;
}

/// How long the name at the start of a line is.
size_t name_length(const char* line) { return strcspn(line, ":;"); }

}  // namespace

bool SentHeaders::has(const pf_str& name) const {
  for (size_t at = 0; at < lines_.size(); at += strlen(lines_.data() + at) + 1) {
    const char* line = lines_.data() + at;
    if (name_length(line) == name.len && strncasecmp(line, name.data, name.len) == 0) return true;
  }
  return false;
}

bool SentHeaders::add(const HttpHeader& header, rt::Buffer& problem) {
  const char* why = nullptr;
  if (!is_token(header.name))
    why = "is no name of a header";
  else if (is_one_of(header.name.data, header.name.len, kOfConnection))
    why = "cannot be set as a header: the connection has it of its own";
  else if (has(header.name))
    why = "stands twice among the headers";
  else if (!is_value(header.value))
    why = "has a value with a line break or another control character";
  if (why) {
    problem.add('`');
    problem.add(header.name.data, header.name.len < 60 ? header.name.len : 60);
    problem.add("` ");
    problem.add(why);
    return false;
  }
  lines_.add(header.name);
  // curl reads `Name:` as a removal; `Name;` sends it empty.
  lines_.add(header.value.len == 0 ? ";" : ": ");
  lines_.add(header.value);
  lines_.add('\0');
  return true;
}

bool SentHeaders::goes(const char* line, bool everything, bool with_body) {
  size_t name = name_length(line);
  if (!with_body && is_one_of(line, name, kOfBody)) return false;
  return everything || is_one_of(line, name, kPublic);
}

bool http_may_hold_secret(const pf_str& name) { return !is_one_of(name.data, name.len, kPublic); }

void add_header_text(rt::Buffer& out, const char* data, size_t len) {
  bool utf8 = rt::utf8_valid_prefix(data, len) == len;
  for (size_t i = 0; i < len; ++i) {
    auto byte = static_cast<unsigned char>(data[i]);
    if (byte == 0) {
      out.add(' ');
    } else if (utf8 || byte < 0x80) {
      out.add(data[i]);
    } else {
      out.add(static_cast<char>(0xc0 | byte >> 6));
      out.add(static_cast<char>(0x80 | (byte & 0x3f)));
    }
  }
}

}  // namespace pflow
