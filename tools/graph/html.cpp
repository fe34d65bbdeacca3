#include "support/display_width.h"
#include "tools/graph/forms.h"
#include "tools/graph/page_text.h"

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
