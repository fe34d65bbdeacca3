#include "frontend/sema/templates/url_scan.h"

#include <algorithm>

namespace pflow::sema {

namespace {

using Problem = UrlScanner::Problem;

/// What ends a host.
bool ends_host(char c) { return c == '/' || c == '?' || c == '#'; }

bool cannot_be_in_url(char c) { return static_cast<unsigned char>(c) <= ' ' || c == 0x7f; }

}  // namespace

/// The literal text begins with its scheme and a host.
std::optional<Problem> UrlScanner::scheme(std::string_view& text, bool is_whole) {
  for (std::string_view scheme : {"https://", "http://"}) {
    if (!text.starts_with(scheme)) continue;
    text.remove_prefix(scheme.size());
    part_ = Part::Host;
    if (text.empty() ? is_whole : ends_host(text[0])) return Problem{"has no host", ""};
    return std::nullopt;
  }
  part_ = Part::Path;
  return Problem{"does not begin with `http://` or `https://`",
                 "write the whole address, or begin with an interpolated base: `\"${base}/path\"`"};
}

void UrlScanner::advance(std::string_view text) {
  for (char c : text) {
    bool opens_path = part_ == Part::Host || part_ == Part::AfterBase;
    if (c == '/' && opens_path) part_ = Part::Path;
    if (c == '?' && part_ != Part::Fragment) part_ = Part::Query;
    if (c == '#') part_ = Part::Fragment;
  }
}

std::optional<Problem> UrlScanner::text(std::string_view text, bool is_whole) {
  std::optional<Problem> problem;
  if (std::ranges::any_of(text, cannot_be_in_url))
    problem = {"holds white space", "write a blank as `%20`, or interpolate the text"};
  if (part_ == Part::Start) {
    std::optional<Problem> other = scheme(text, is_whole);
    if (!problem) problem = other;
  }
  if (part_ == Part::AfterBase && !text.empty() && !ends_host(text[0]) && !problem)
    problem = {"goes on with its host after the base",
               "begin the text after the base with `/`, `?` or `#`"};
  advance(text);
  return problem;
}

std::optional<UrlHole> UrlScanner::hole() {
  switch (part_) {
    case Part::Start: part_ = Part::AfterBase; return UrlHole::Base;
    case Part::Host:
    case Part::AfterBase: return std::nullopt;
    case Part::Path: return UrlHole::Path;
    case Part::Query: return UrlHole::Query;
    case Part::Fragment: return UrlHole::Fragment;
  }
}

}  // namespace pflow::sema
