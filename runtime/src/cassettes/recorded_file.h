/// The file that is recorded into: one program at a time, and whole at any time.
#pragma once

#include <string>

#include "runtime/src/values/buffer.h"

namespace pflow::cassettes {

class RecordedFile {
 public:
  RecordedFile() = default;
  RecordedFile(const RecordedFile&) = delete;
  RecordedFile& operator=(const RecordedFile&) = delete;
  ~RecordedFile() { release(); }

  /// Keeps others from recording into `path`. 0, or an errno: EBUSY when another one does and its
  /// end is not waited for.
  int claim(const std::string& path, bool waits);
  /// Puts the text in place of what is there, with its mode, and ends the claim. 0, or an errno.
  int replace(rt::Buffer& text);
  /// Ends the claim and leaves what is there.
  void release();

 private:
  int open_part(bool waits);

  std::string target_;  ///< what a link leads to
  std::string part_;    ///< beside it: what is claimed, and becomes the file
  int part_fd_ = -1;
  int handle_ = -1;
};

}  // namespace pflow::cassettes
