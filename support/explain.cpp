#include "support/explain.h"

#include <charconv>
#include <iterator>

namespace pflow {
namespace {

struct Page {
  unsigned code;
  std::string_view text;
};

constexpr Page kPages[] = {
#include "explain_pages.inc"
    {0, ""},
};

}  // namespace

std::string_view explain_page(std::string_view code) {
  if (code.starts_with("PF") || code.starts_with("pf")) code.remove_prefix(2);
  unsigned number = 0;
  auto [stop, error] = std::from_chars(code.data(), code.data() + code.size(), number);
  if (error != std::errc{} || stop != code.data() + code.size() || number == 0) return {};
  for (const Page& page : kPages)
    if (page.code == number) return page.text;
  return {};
}

}  // namespace pflow
