#include "tools/lsp/documents.h"

#include <algorithm>

#include "tools/lsp/uri.h"

namespace pflow::lsp {

namespace {

Position position_at(const json::value& value, std::string_view name) {
  auto number = [&](std::string_view member) {
    std::string path = std::string(name) + "." + std::string(member);
    return static_cast<uint32_t>(std::clamp<int64_t>(integer_at(value, path), 0, UINT32_MAX));
  };
  return {number("line"), number("character")};
}

}  // namespace

void apply_change(std::string& text, const json::value& change, Encoding encoding) {
  std::string fresh = string_at(change, "text");
  const json::value* range = member(change, "range");
  if (range == nullptr || !range->is_object()) {
    text = std::move(fresh);
    return;
  }
  Lines lines(text);
  size_t begin = lines.offset(position_at(*range, "start"), encoding);
  size_t end = lines.offset(position_at(*range, "end"), encoding);
  if (end < begin) std::swap(begin, end);
  text.replace(begin, end - begin, fresh);
}

Document& Documents::open(std::string uri, int64_t version, std::string text) {
  Document made{uri, path_of(uri), {}, version, std::move(text)};
  return by_uri_.insert_or_assign(std::move(uri), std::move(made)).first->second;
}

Document* Documents::find(const std::string& uri) {
  auto found = by_uri_.find(uri);
  return found == by_uri_.end() ? nullptr : &found->second;
}

}  // namespace pflow::lsp
