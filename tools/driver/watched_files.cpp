#include "tools/driver/watched_files.h"

#include <poll.h>
#include <sys/inotify.h>

#include <array>
#include <filesystem>

namespace pflow {
namespace {

constexpr uint32_t kChanges = IN_CLOSE_WRITE | IN_CREATE | IN_DELETE | IN_MOVED_FROM | IN_MOVED_TO |
                              IN_DELETE_SELF | IN_MOVE_SELF;
constexpr int kQuiet = 30;       // milliseconds: an editor writes a file in several steps
constexpr int kLookAgain = 500;  // milliseconds, where nothing tells of changes

bool is_ready(int descriptor, int timeout) {
  pollfd waiting{descriptor, POLLIN, 0};
  return poll(&waiting, 1, timeout) > 0;
}

}  // namespace

WatchedFiles::WatchedFiles() : inotify_(inotify_init1(IN_CLOEXEC | IN_NONBLOCK)) {}

void WatchedFiles::add(const std::string& path) {
  namespace fs = std::filesystem;
  std::error_code none;
  // Behind links another name changes.
  for (const fs::path& name : {fs::absolute(path, none), fs::weakly_canonical(path, none)})
    if (name.has_filename()) add_name(name.parent_path().string(), name.filename().string());
}

void WatchedFiles::add_name(const std::string& folder, const std::string& name) {
  auto found = folders_.find(folder);
  if (found == folders_.end()) {
    const int watch = inotify_add_watch(inotify_.get(), folder.c_str(), kChanges);
    if (watch < 0) all_watched_ = false;
    if (watch < 0) return;
    found = folders_.emplace(folder, watch).first;
  }
  names_[found->second].insert(name);
}

bool WatchedFiles::take_events() {
  alignas(inotify_event) std::array<char, 4096> buffer;
  bool changed = false;
  for (ssize_t size; (size = read(inotify_.get(), buffer.data(), buffer.size())) > 0;) {
    const inotify_event* event = nullptr;
    for (ssize_t at = 0; at < size; at += static_cast<ssize_t>(sizeof *event + event->len)) {
      event = reinterpret_cast<const inotify_event*>(buffer.data() + at);
      const bool itself = (event->mask & (IN_DELETE_SELF | IN_MOVE_SELF | IN_Q_OVERFLOW)) != 0;
      if (itself) forget_folder(event->wd);
      auto found = names_.find(event->wd);
      const bool named = event->len != 0 && found != names_.end() &&
                         found->second.contains(static_cast<const char*>(event->name));
      changed = changed || itself || named;
    }
  }
  return changed;
}

/// Another may stand in its place.
void WatchedFiles::forget_folder(int watch) {
  inotify_rm_watch(inotify_.get(), watch);
  names_.erase(watch);
  std::erase_if(folders_, [&](const auto& folder) { return folder.second == watch; });
}

bool WatchedFiles::wait() {
  const bool all_watched = std::exchange(all_watched_, true);  // what is added next says it anew
  while (is_ready(inotify_.get(), all_watched ? -1 : kLookAgain)) {
    if (!take_events()) continue;
    while (is_ready(inotify_.get(), kQuiet)) (void)take_events();
    return true;
  }
  return false;
}

}  // namespace pflow
