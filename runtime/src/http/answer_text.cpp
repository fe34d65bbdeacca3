// The body of an answer as text.
#include <errno.h>
#include <iconv.h>
#include <string.h>
#include <strings.h>

#include "pflow/http.hpp"
#include "runtime/src/values/buffer.h"

namespace pflow {
namespace {

constexpr size_t kLongestName = 40;

/// The `charset` of a Content-Type; empty when it has none.
void find_charset(const pf_str& type, char (&name)[kLongestName + 1]) {
  name[0] = '\0';
  CText copy(type);
  const char* at = strcasestr(copy.c_str(), "charset=");
  if (!at) return;
  at += strlen("charset=");
  if (*at == '"' || *at == '\'') ++at;
  size_t len = strcspn(at, "\"'; \t,/");
  if (len > kLongestName) return;
  memcpy(name, at, len);
  name[len] = '\0';
}

bool is_utf8(const char* charset) {
  for (const char* name : {"", "utf-8", "utf8", "us-ascii", "ascii"})
    if (strcasecmp(charset, name) == 0) return true;
  return false;
}

bool take_utf8(const pf_str& body, pf_str* out, rt::Buffer& problem) {
  pf_str text = body;
  pf_text_problem why;
  if (pf_take_text(&text, &why)) {
    *out = share(text);
    return true;
  }
  problem.add(why.message);
  return false;
}

bool decode(iconv_t converter, const pf_str& body, rt::Buffer& out, size_t* place) {
  char* from = const_cast<char*>(body.data);
  size_t left = body.len;
  for (bool flush = body.len == 0;;) {
    char piece[4096];
    char* to = piece;
    size_t room = sizeof piece;
    size_t result = iconv(converter, flush ? nullptr : &from, &left, &to, &room);
    out.add(piece, sizeof piece - room);
    *place = body.len - left;
    if (result == static_cast<size_t>(-1) && errno != E2BIG) return false;
    if (result == static_cast<size_t>(-1)) continue;
    if (flush) return true;
    flush = true;
  }
}

bool take_decoded(const char* charset, const pf_str& body, pf_str* out, rt::Buffer& problem) {
  iconv_t converter = iconv_open("UTF-8", charset);
  if (converter == reinterpret_cast<iconv_t>(-1))  // NOLINT: so iconv_open says it
    return take_utf8(body, out, problem);
  rt::Buffer text;
  size_t place = 0;
  bool decoded = decode(converter, body, text, &place);
  iconv_close(converter);
  if (decoded)
    *out = text.take();
  else
    problem.format("is no text in %s, as the answer says: byte %zu does not belong there", charset,
                   place);
  return decoded;
}

}  // namespace

bool http_text(const HttpResponse& response, pf_str* out, pf_str* problem) {
  char charset[kLongestName + 1] = "";
  if (const pf_str* type = http_header(response, "content-type")) find_charset(*type, charset);
  rt::Buffer why;
  bool text = is_utf8(charset) ? take_utf8(response.body, out, why)
                               : take_decoded(charset, response.body, out, why);
  if (!text) *problem = why.take();
  return text;
}

}  // namespace pflow
