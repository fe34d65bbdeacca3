#include "tools/graph/page_text.h"

namespace pflow::graph {

std::string without_tags(std::string_view json) {
  std::string out;
  for (char c : json) {
    if (c == '<')
      out += "\\u003c";
    else
      out += c;
  }
  return out;
}

std::string_view cut(std::string_view& page, std::string_view mark) {
  std::string_view before = page.substr(0, page.find(mark));
  page.remove_prefix(before.size() + mark.size());
  return before;
}

}  // namespace pflow::graph
