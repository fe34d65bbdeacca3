#include "tools/lsp/open_files.h"

#include <algorithm>
#include <filesystem>

namespace pflow::lsp {

void OpenFiles::open(const std::string& path, std::string text) {
  open_.insert_or_assign(identity(path), std::move(text));
}

Result<std::string> OpenFiles::read(const std::string& path) {
  const std::string name = identity(path);
  if (auto found = open_.find(name); found != open_.end()) return found->second;
  if (auto known = read_.find(path); known != read_.end()) return known->second;
  Result<std::string> text = disk_.read(path);
  if (text && name.starts_with(nodes_)) read_.emplace(path, *text);
  return text;
}

Result<Done> OpenFiles::write(const std::string& path, std::string_view bytes) {
  (void)path;
  (void)bytes;
  return Failure{"the editor writes its files itself"};
}

FileKind OpenFiles::kind(const std::string& path) {
  if (read_.contains(path) || open_.contains(identity(path))) return FileKind::File;
  return disk_.kind(path);
}

/// An address that is no file's, `untitled:Untitled-1`, is its own name.
std::string OpenFiles::identity(const std::string& path) {
  size_t colon = path.find(':');
  bool address = colon != std::string::npos && colon < path.find('/');
  return address ? path : disk_.identity(path);
}

std::vector<std::string> OpenFiles::names_in(const std::string& folder) {
  std::vector<std::string> names = disk_.names_in(folder);
  const std::string place = identity(folder) + "/";
  for (const auto& [path, text] : open_) {
    if (!path.starts_with(place)) continue;
    std::string name = path.substr(place.size(), path.find('/', place.size()) - place.size());
    if (std::ranges::find(names, name) == names.end()) names.push_back(std::move(name));
  }
  return names;
}

}  // namespace pflow::lsp
