#include "tools/report/report_page.h"

#include "tools/graph/forms.h"
#include "tools/graph/page_text.h"

namespace pflow::report {
namespace {

constexpr char kPage[] =
#include "report_page.inc"
    ;
constexpr size_t kMostPicture = size_t{1} << 20;  // bytes in each executable

}  // namespace

std::string report_page(const std::optional<graph::Graph>& graph) {
  std::string_view rest(kPage, sizeof kPage - 1);
  std::string out(graph::cut(rest, "@GRAPH@"));
  const std::string picture = graph ? graph::without_tags(graph::json(*graph)) : "null";
  out += picture.size() <= kMostPicture ? picture : "null";
  return out += rest;
}

}  // namespace pflow::report
