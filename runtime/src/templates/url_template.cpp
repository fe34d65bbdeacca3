// URLs from a literal and values: each value is percent-encoded for its part.
#include <string.h>
#include <strings.h>

#include "pflow/percent.hpp"
#include "runtime/src/failures/failure.h"
#include "runtime/src/values/buffer.h"
#include "runtime/src/values/to_text.h"

using namespace pflow::rt;

namespace {

void add_encoded(Buffer& out, const pf_str& text) {
  pflow::percent_encode({text.len == 0 ? "" : text.data, text.len},
                        [&](std::string_view piece) { out.add(piece.data(), piece.size()); });
}

/// How long `http://host` or `https://host` at the start is, up to the path; 0 when
/// there is none.
size_t origin_length(const pf_str& text) {
  size_t scheme = text.len > 7 && strncasecmp(text.data, "http://", 7) == 0    ? 7
                  : text.len > 8 && strncasecmp(text.data, "https://", 8) == 0 ? 8
                                                                               : 0;
  if (scheme == 0) return 0;
  size_t end = scheme;
  while (end < text.len && !strchr("/?#", text.data[end])) ++end;
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

/// A secret's bytes stay out of error texts.
bool bad_base(pf_str text, const pf_type* type, const pf_site* site) {
  if (type->kind == PF_SECRET) text = view("***");
  auto shown = static_cast<int>(text.len < 80 ? text.len : 80);
  raise(PF_E_VALUE, site, "`%.*s` cannot begin a URL: expected an absolute http or https address",
        shown, text.data);
  return true;
}

struct UrlBuilder {
  Buffer url;
  const pf_site* site;

  /// True when the value may not stand there; the failure is pending.
  bool add_hole(const void* value, const pf_piece& piece, pf_str next);
  bool add_base(const pf_str& text, const pf_type* type, pf_str next);
  bool add_segment(const pf_str& text);
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

/// `.` and `..` would lead elsewhere.
bool UrlBuilder::add_segment(const pf_str& text) {
  bool dots = (text.len == 1 && text.data[0] == '.') ||
              (text.len == 2 && text.data[0] == '.' && text.data[1] == '.');
  if (dots) {
    raise(PF_E_VALUE, site, "`%.*s` cannot be a part of a URL's path", static_cast<int>(text.len),
          text.data);
    return true;
  }
  add_encoded(url, text);
  return false;
}

bool UrlBuilder::add_hole(const void* value, const pf_piece& piece, pf_str next) {
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
    failed = add_segment(text);
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
    if (i < count && builder.add_hole(hole[i], piece[i], piece[i + 1].text)) return true;
  }
  *static_cast<pf_str*>(out) = builder.url.take();
  return false;
}
