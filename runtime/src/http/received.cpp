#include "runtime/src/http/received.h"

#include <stdlib.h>
#include <string.h>

#include "runtime/src/http/header_fields.h"

namespace pflow {
namespace {

/// The number in `HTTP/1.1 200 OK`.
int status_in(const char* line, size_t len) {
  const auto* blank = static_cast<const char*>(memchr(line, ' ', len));
  if (!blank) return 0;
  int status = 0;
  for (const char* at = blank + 1; at < line + len && *at >= '0' && *at <= '9'; ++at)
    status = status < 100 ? status * 10 + (*at - '0') : status;
  return status;
}

bool is_blank(char c) { return c == ' ' || c == '\t'; }

}  // namespace

void Received::add_line(const char* line, size_t len) {
  if (len >= 5 && memcmp(line, "HTTP/", 5) == 0) {
    headers_.clear();
    header_count_ = 0;
    body_.clear();
    status_ = status_in(line, len);
    add_reason(line, len);
    return;
  }
  const auto* colon = static_cast<const char*>(memchr(line, ':', len));
  if (!colon) return;
  size_t name = headers_.size();
  add_header_text(headers_, line, static_cast<size_t>(colon - line));
  for (char* at = headers_.data() + name; at < headers_.end(); ++at)
    if (*at >= 'A' && *at <= 'Z') *at = static_cast<char>(*at - 'A' + 'a');
  headers_.add('\0');
  const char* value = colon + 1;
  while (value < line + len && is_blank(*value)) ++value;
  const char* end = line + len;
  while (end > value && is_blank(end[-1])) --end;
  add_header_text(headers_, value, static_cast<size_t>(end - value));
  headers_.add('\0');
  ++header_count_;
}

/// What stands behind the number.
void Received::add_reason(const char* line, size_t len) {
  reason_.clear();
  const char* end = line + len;
  const char* at = line;
  for (int blanks = 0; at < end && blanks < 2; ++at) blanks += *at == ' ';
  add_header_text(reason_, at, static_cast<size_t>(end - at));
}

const char* Received::header(const char* name) const {
  const char* at = headers_.data();
  for (size_t i = 0; i < header_count_; ++i) {
    const char* value = at + strlen(at) + 1;
    if (strcmp(at, name) == 0) return value;
    at = value + strlen(value) + 1;
  }
  return nullptr;
}

void Received::list_headers(rt::Row<HttpHeader>& out) const {
  const char* at = headers_.data();
  for (size_t i = 0; i < header_count_; ++i) {
    pf_str name = rt::view(at);
    pf_str value = rt::view(at + name.len + 1);
    out.add({name, value});
    at = value.data + value.len + 1;
  }
}

}  // namespace pflow
