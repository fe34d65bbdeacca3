// URLs from a literal and values: each value is percent-encoded for its part.
#include <string.h>
#include <strings.h>

#include <algorithm>
#include <string_view>

#include "pflow/percent.hpp"
#include "pflow/shown_url.hpp"
#include "runtime/src/failures/failure.h"
#include "runtime/src/values/buffer.h"
#include "runtime/src/values/to_text.h"

using namespace pflow::rt;

namespace {

void add_encoded(Buffer& out, const pf_str& text) {
  pflow::percent_encode({text.len == 0 ? "" : text.data, text.len},
                        [&](std::string_view piece) { out.add(piece.data(), piece.size()); });
}

/// How long what stands before the next `/`, `?` or `#` is.
size_t part_length(const pf_str& text) {
  constexpr std::string_view kEnds = "/?#";
  size_t end = 0;
  while (end < text.len && kEnds.find(text.data[end]) == kEnds.npos) ++end;
  return end;
}

/// How long `http://host` or `https://host` at the start is, up to the path; 0 when
/// there is none.
size_t origin_length(const pf_str& text) {
  size_t scheme = text.len > 7 && strncasecmp(text.data, "http://", 7) == 0    ? 7
                  : text.len > 8 && strncasecmp(text.data, "https://", 8) == 0 ? 8
                                                                               : 0;
  if (scheme == 0) return 0;
  size_t end = scheme + part_length({text.data + scheme, text.len - scheme, nullptr});
  return end == scheme ? 0 : end;
}

/// What a URL may hold as it stands: visible ASCII without what HTTP could misread.
bool is_clean(const pf_str& text) {
  for (size_t i = 0; i < text.len; ++i) {
    char c = text.data[i];
    if (c <= 0x20 || c >= 0x7f || strchr("\"<>\\^`{|}", c)) return false;
  }
  return true;
}

int shortened(std::string_view text) { return static_cast<int>(std::min<size_t>(text.size(), 80)); }

/// A secret's bytes stay out of error texts.
bool bad_base(pf_str text, const pf_type* type, const pf_site* site) {
  if (type->kind == PF_SECRET) text = view("***");
  pflow::ShownUrl shown = pflow::shown_url({text.len == 0 ? "" : text.data, text.len});
  raise(PF_E_VALUE, site,
        "`%.*s%.*s` cannot begin a URL: expected an absolute http or https address",
        shortened(shown.scheme), shown.scheme.data(), shortened(shown.rest), shown.rest.data());
  return true;
}

/// Whether a segment is `.` or `..`, dots written as `%2e` included.
bool is_dots(const pf_str& segment) {
  size_t dots = 0;
  const char* end = segment.data + segment.len;
  for (const char* at = segment.data; at != end; ++dots) {
    bool encoded = end - at >= 3 && strncasecmp(at, "%2e", 3) == 0;
    if (!encoded && *at != '.') return false;
    at += encoded ? 3 : 1;
  }
  return dots == 1 || dots == 2;
}

bool is_blank(const pf_str& text) {
  for (size_t i = 0; i < text.len; ++i)
    if (!strchr(" \t\r\n", text.data[i])) return false;
  return true;
}

struct UrlBuilder {
  Buffer url;
  const pf_site* site;

  /// True when the value may not stand there; the failure is pending.
  /// `next` is the text behind the hole, `last` whether the address ends with that.
  bool add_hole(const void* value, const pf_piece& piece, pf_str next, bool last);
  bool add_base(const pf_str& text, const pf_type* type, pf_str next);
  bool add_segment(const pf_str& text, const pf_piece& piece, pf_str next, bool last);
};

/// A `/` at the end of the base and one that follows are one.
bool UrlBuilder::add_base(const pf_str& text, const pf_type* type, pf_str next) {
  size_t origin = origin_length(text);
  pf_str base = text;
  if (origin == 0 || !is_clean(text)) return bad_base(text, type, site);
  bool doubled = next.len != 0 && next.data[0] == '/' && text.data[text.len - 1] == '/';
  if (doubled) --base.len;
  // What follows must not become a part of the host.
  if (origin == base.len && next.len != 0 && !strchr("/?#", next.data[0]))
    return bad_base(text, type, site);
  url.add(base);
  return false;
}

/// `.`, `..` and nothing at all would lead elsewhere: up, or to what holds all of them.
bool UrlBuilder::add_segment(const pf_str& text, const pf_piece& piece, pf_str next, bool last) {
  size_t before = url.size();
  add_encoded(url, text);
  const char* slash = url.end();
  while (slash[-1] != '/') --slash;
  size_t rest = part_length(next);
  bool missing = slash == url.data() + before && is_blank(text) && (next.len != 0 || last);
  Buffer segment;
  segment.add(slash, static_cast<size_t>(url.end() - slash));
  segment.add(next.data, rest);
  bool dots = (rest < next.len || last) && is_dots(segment.text());
  if (!missing && !dots) return false;
  if (piece.hole->kind == PF_SECRET) {
    raise(PF_E_VALUE, site, "a secret is empty or leads elsewhere in a URL's path");
  } else if (missing) {
    raise(PF_E_VALUE, site, "an empty value cannot be a part of a URL's path");
    raise_help("it would ask for what stands above; check the value before");
  } else {
    raise(PF_E_VALUE, site, "`%.*s` cannot be a part of a URL's path",
          static_cast<int>(segment.size()), segment.data());
  }
  return true;
}

bool UrlBuilder::add_hole(const void* value, const pf_piece& piece, pf_str next, bool last) {
  pf_str text;
  if (piece.hole->kind == PF_SECRET) {
    text = *static_cast<const pf_str*>(value);
    pf_str_retain(text);
  } else {
    pf_to_text(&text, value, piece.hole);
  }
  bool failed = false;
  if (piece.part == PF_URL_BASE)
    failed = add_base(text, piece.hole, next);
  else if (piece.part == PF_URL_PATH)
    failed = add_segment(text, piece, next, last);
  else
    add_encoded(url, text);
  pf_str_release(text);
  return failed;
}

}  // namespace

bool pf_url_make(void* out, const void* pieces, const void* values, int64_t count,
                 const pf_site* site) {
  const auto* piece = static_cast<const pf_piece*>(pieces);
  const auto* hole = static_cast<const void* const*>(values);
  UrlBuilder builder{.url = {}, .site = site};
  for (int64_t i = 0; i <= count; ++i) {
    builder.url.add(piece[i].text);
    if (i < count && builder.add_hole(hole[i], piece[i], piece[i + 1].text, i + 1 == count))
      return true;
  }
  *static_cast<pf_str*>(out) = builder.url.take();
  return false;
}
