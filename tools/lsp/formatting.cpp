#include <algorithm>

#include "frontend/format/format.h"
#include "tools/lsp/requests.h"

namespace pflow::lsp {

namespace {

/// Lines that two texts share at their beginnings and ends.
struct Shared {
  uint32_t first = 0;
  uint32_t last = 0;
};

std::vector<std::string_view> lines_of(std::string_view text) {
  std::vector<std::string_view> lines;
  while (!text.empty()) {
    size_t end = std::min(text.find('\n'), text.size() - 1) + 1;
    lines.push_back(text.substr(0, end));
    text.remove_prefix(end);
  }
  return lines;
}

Shared shared_lines(const std::vector<std::string_view>& a,
                    const std::vector<std::string_view>& b) {
  Shared shared;
  size_t least = std::min(a.size(), b.size());
  while (shared.first < least && a[shared.first] == b[shared.first]) ++shared.first;
  while (shared.first + shared.last < least &&
         a[a.size() - 1 - shared.last] == b[b.size() - 1 - shared.last])
    ++shared.last;
  return shared;
}

}  // namespace

/// One edit of the lines between the first and the last that change, so that cursors elsewhere
/// stay. Broken syntax is an error of the request, and nothing changes.
json::value formatting(Session& session, const json::value& params) {
  const Document& document = session.document(params);
  Result<std::string> laid_out = format::format(document.text);
  if (!laid_out) throw RequestError(ErrorCode::RequestFailed, laid_out.message());
  std::vector<std::string_view> before = lines_of(document.text);
  std::vector<std::string_view> after = lines_of(*laid_out);
  Shared shared = shared_lines(before, after);
  if (shared.first + shared.last == before.size() && before.size() == after.size())
    return json::array();
  std::string fresh;
  for (size_t i = shared.first; i < after.size() - shared.last; ++i) fresh += after[i];
  Lines lines(document.text);
  size_t begin = 0, end = document.text.size();
  for (size_t i = 0; i < shared.first; ++i) begin += before[i].size();
  for (size_t i = 0; i < shared.last; ++i) end -= before[before.size() - 1 - i].size();
  auto position = [&](size_t offset) {
    return position_json(lines.position(offset, session.encoding));
  };
  return json::array{
      json::object{{"range", json::object{{"start", position(begin)}, {"end", position(end)}}},
                   {"newText", text(fresh)}}};
}

}  // namespace pflow::lsp
