/// Waits until one of some files changes: is written, replaced, made or removed.
#pragma once

#include <map>
#include <set>
#include <string>

#include "tools/driver/descriptor.h"

namespace pflow {

class WatchedFiles {
 public:
  WatchedFiles();

  /// Adds a file, which need not be there. Its folder is watched, so that what an editor puts in
  /// its place is seen.
  void add(const std::string& path);

  /// Forgets the changes so far: what was read before is read again.
  void forget() { (void)take_events(); }

  /// Returns true after a change since `forget`, once the files were quiet for a moment; false when
  /// something may have changed that cannot be watched, as a folder that is not there.
  [[nodiscard]] bool wait();

 private:
  void add_name(const std::string& folder, const std::string& name);
  /// Whether one of the events that are there is about a watched file.
  [[nodiscard]] bool take_events();

  void forget_folder(int watch);

  Descriptor inotify_;
  std::map<std::string, int> folders_;
  std::map<int, std::set<std::string>> names_;
  bool all_watched_ = true;
};

}  // namespace pflow
