#include "support/display_width.h"
#include "tools/graph/forms.h"

namespace pflow::graph {
namespace {

constexpr char kPage[] =
#include "page.inc"
    ;

std::string escaped(std::string_view text) {
  std::string out;
  for (char c : text) {
    if (c == '<')
      out += "&lt;";
    else if (c == '&')
      out += "&amp;";
    else
      out += c;
  }
  return out;
}

/// JSON in which no tag and no comment of HTML stands.
std::string without_tags(const std::string& json) {
  std::string out;
  for (char c : json) {
    if (c == '<')
      out += "\\u003c";
    else
      out += c;
  }
  return out;
}

/// The page up to the mark, and the rest behind it.
std::string_view cut(std::string_view& page, std::string_view mark) {
  std::string_view before = page.substr(0, page.find(mark));
  page.remove_prefix(before.size() + mark.size());
  return before;
}

}  // namespace

std::string html(const Graph& graph, std::string_view title) {
  std::string_view rest(kPage, sizeof kPage - 1);
  const std::string shown = escaped(visible_text(title));
  std::string out(cut(rest, "@TITLE@"));
  out += shown;
  out += cut(rest, "@TITLE@");
  out += shown;
  out += cut(rest, "@GRAPH@");
  out += without_tags(json(graph));
  return out += rest;
}

}  // namespace pflow::graph
