#include "tools/lsp/workspace.h"

#include <deque>
#include <filesystem>

namespace pflow::lsp {

namespace {

constexpr size_t kMostFolders = 5000;
constexpr size_t kMostPrograms = 5000;

}  // namespace

std::vector<std::string> programs_with(Session& session, std::string_view word) {
  std::vector<std::string> found;
  std::deque<std::string> folders(session.folders.begin(), session.folders.end());
  size_t programs = 0;
  for (size_t seen = 0; !folders.empty() && seen < kMostFolders; ++seen) {
    std::string folder = std::move(folders.front());
    folders.pop_front();
    for (const std::string& name : session.files.names_in(folder)) {
      if (name.starts_with('.') || name == "node_modules") continue;
      std::string path = folder + "/" + name;
      if (std::filesystem::path(name).extension() != ".pf") {
        if (session.files.kind(path) == FileKind::Folder) folders.push_back(std::move(path));
        continue;
      }
      if (++programs > kMostPrograms) return found;
      Result<std::string> text = session.files.read(path);
      if (text && text->find(word) != std::string::npos) found.push_back(std::move(path));
    }
  }
  return found;
}

}  // namespace pflow::lsp
