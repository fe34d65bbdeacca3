#include "frontend/query/probe.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace pflow::query {

namespace {

/// What is put behind the name until the text is understood: an entry of a record, a policy or a
/// binding; a record; the end of a string.
constexpr std::array<std::string_view, 5> kTails = {"", ": 0", " {}", "\"", ": k }"};

bool is_name(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
}

/// What closes the strings and brackets that the line leaves open where it ends at the offset;
/// empty when it does not end there.
std::string closers(std::string_view text, size_t offset) {
  size_t end = text.find_first_not_of(" \t\r", offset);
  if (end != std::string_view::npos && text[end] != '\n') return {};
  size_t before = text.substr(0, offset).rfind('\n');
  std::string open;
  bool quoted = false;
  for (char c : text.substr(0, offset).substr(before == std::string_view::npos ? 0 : before)) {
    if (c == '"') quoted = !quoted;
    if (quoted) continue;
    if (c == '(') open.insert(open.begin(), ')');
    if (c == '[') open.insert(open.begin(), ']');
    if (c == '{') open.insert(open.begin(), '}');
    if (!open.empty() && c == open.front()) open.erase(0, 1);
  }
  return (quoted ? "\"" : "") + open;
}

bool begins_declaration(std::string_view line) {
  constexpr std::string_view kWords[] = {"flow ",   "node ", "schema ", "type ",
                                         "import ", "test ", "extern ", "pure "};
  return std::ranges::any_of(kWords, [&](std::string_view word) { return line.starts_with(word); });
}

/// The lines from one that begins a declaration, or from the file's begin, to the next such one:
/// enough to see whether a name at the offset is understood.
std::pair<size_t, size_t> around(std::string_view text, size_t offset) {
  size_t begin = 0, end = text.size();
  for (size_t line = 0; line < text.size();) {
    if (begins_declaration(text.substr(line))) (line <= offset ? begin : end) = line;
    if (line > offset && end == line) break;
    size_t next = text.find('\n', line);
    line = next == std::string_view::npos ? text.size() : next + 1;
  }
  return {begin, end};
}

}  // namespace

Probe::Probe(const std::string& path, FileSystem& files, const sema::NodePath& nodes,
             uint32_t offset)
    : offset_(offset) {
  Result<std::string> read = files.read(path);
  std::string text = read ? std::move(*read) : std::string();
  offset = std::min(offset, static_cast<uint32_t>(text.size()));
  size_t end = offset;
  while (end < text.size() && is_name(text[end])) ++end;
  std::string_view all = text;
  std::vector<std::string> tails(kTails.begin(), kTails.end());
  if (std::string closed = closers(all, end); !closed.empty())
    for (std::string_view tail : kTails) tails.push_back(std::string(tail) + closed);
  auto [first, last] = around(all, offset);
  for (const std::string& tail : tails) {
    std::string put = std::string(kProbeName) + tail;
    Snapshot part(path, fmt::format("{}{}{}", all.substr(first, offset - first), put,
                                    all.substr(end, std::max(last, end) - end)));
    auto place = static_cast<uint32_t>(offset - first);
    if (find_spot(part, place).kind == SpotKind::None) continue;
    PatchedFiles patched(files, path,
                         fmt::format("{}{}{}", all.substr(0, offset), put, all.substr(end)));
    snapshot_ = std::make_unique<Snapshot>(path, patched, nodes);
    spot_ = find_spot(*snapshot_, offset);
    if (spot_.kind != SpotKind::None) return;
  }
  snapshot_ = std::make_unique<Snapshot>(path, files, nodes);
  bool inside = false;
  for (const ast::Decl* decl : snapshot_->tree().decls)
    inside |= decl->span.begin < offset && offset < decl->span.end;
  if (!inside) spot_.kind = SpotKind::Top;
}

}  // namespace pflow::query
