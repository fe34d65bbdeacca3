#include "frontend/sema/files/node_registry.h"

#include <algorithm>
#include <utility>

namespace pflow::sema {

namespace {

constexpr std::string_view kBlank = " \t";

/// Takes the next blank-separated word off the front of `line`.
std::string_view take_word(std::string_view& line) {
  line.remove_prefix(std::min(line.find_first_not_of(kBlank), line.size()));
  size_t end = std::min(line.find_first_of(" \t({=#<\r"), line.size());
  std::string_view word = line.substr(0, end);
  line.remove_prefix(end);
  return word;
}

std::string_view declared_name(std::string_view line) {
  std::string_view word = take_word(line);
  if (word == "pure") word = take_word(line);
  if (word == "extern") return take_word(line) == "node" ? take_word(line) : std::string_view();
  if (word == "schema" || word == "type" || word == "alias") return take_word(line);
  return {};
}

}  // namespace

std::vector<std::string_view> declared_names(std::string_view text) {
  std::vector<std::string_view> names;
  while (!text.empty()) {
    size_t end = std::min(text.find('\n'), text.size());
    if (std::string_view name = declared_name(text.substr(0, end)); !name.empty())
      names.push_back(name);
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return names;
}

NodeRegistry::NodeRegistry(FileSystem& files, const std::string& directory) {
  for (const std::string& module : files.names_in(directory)) {
    std::string path = directory;
    path.append("/").append(module).append("/").append(module).append(".pf");
    if (files.kind(path) != FileKind::File) continue;
    if (Result<std::string> text = files.read(path))
      files_.push_back({module, std::move(path), std::move(*text), {}});
  }
  std::sort(files_.begin(), files_.end(),
            [](const InterfaceFile& a, const InterfaceFile& b) { return a.module < b.module; });
  for (size_t i = 0; i < files_.size(); ++i) {
    files_[i].names = declared_names(files_[i].text);
    for (std::string_view name : files_[i].names) index_.emplace(name, static_cast<int>(i));
  }
}

int NodeRegistry::find(std::string_view name) const {
  auto found = index_.find(name);
  return found == index_.end() ? -1 : found->second;
}

}  // namespace pflow::sema
