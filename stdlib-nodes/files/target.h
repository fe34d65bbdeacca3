/// Where a write goes: the file behind symbolic links, and its folders.
#pragma once

#include <limits.h>
#include <sys/types.h>

namespace pf_files {

/// What stands at a path that is to be written.
enum class TargetKind { Absent, Regular, Folder, Device };

struct Target {
  char path[PATH_MAX];  ///< symbolic links followed, also dangling ones
  TargetKind kind = TargetKind::Absent;
  mode_t mode = 0;  ///< of a regular file, as is who owns it
  uid_t user = 0;
  gid_t group = 0;
};

/// Looks at `path`; 0, or the error number.
int find_target(const char* path, Target& target);

/// The parent folders of a file made on the way, to be removed when its write fails.
class ParentFolders {
 public:
  /// Makes what is missing above `path`; 0, or the error number.
  int make(const char* path);
  /// Removes what `make` made, as far as it is empty.
  void remove();
  /// What was made stays.
  void keep() { first_ = 0; }

 private:
  char made_[PATH_MAX];  ///< the path; cut at a slash it names a folder
  size_t first_ = 0;     ///< end of the topmost folder made, 0 when none was
  size_t last_ = 0;      ///< end of the lowest
};

}  // namespace pf_files
