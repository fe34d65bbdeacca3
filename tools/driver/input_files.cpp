#include "tools/driver/input_files.h"

#include <algorithm>
#include <filesystem>

namespace pflow {
namespace {

namespace fs = std::filesystem;

void add_folder(const std::string& folder, std::vector<std::string>& found) {
  const size_t first = found.size();
  std::error_code none;
  fs::recursive_directory_iterator at(folder, fs::directory_options::skip_permission_denied, none);
  for (; at != fs::recursive_directory_iterator(); at.increment(none)) {
    const std::string name = at->path().filename().string();
    if (name.starts_with('.') && at->is_directory(none)) at.disable_recursion_pending();
    if (at->path().extension() == ".pf" && at->is_regular_file(none))
      found.push_back(at->path().lexically_normal().string());
  }
  std::sort(found.begin() + static_cast<std::ptrdiff_t>(first), found.end());
}

}  // namespace

std::vector<std::string> files_of(std::span<const std::string> inputs) {
  std::vector<std::string> found;
  if (inputs.empty()) add_folder(".", found);
  for (const std::string& input : inputs) {
    std::error_code none;
    if (fs::is_directory(input, none))
      add_folder(input, found);
    else
      found.push_back(input);
  }
  return found;
}

}  // namespace pflow
