/// What a folder holds.
#pragma once

#include <dirent.h>

#include "pflow/node.hpp"

namespace pf_files {

/// Reads the entries of a folder but `.` and `..`, in no order.
///   Folder folder;
///   int error = folder.open(path);
///   while (!error && (entry = folder.next(&error))) …
class Folder {
 public:
  Folder() = default;
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;
  ~Folder() {
    if (stream_) closedir(stream_);
  }
  /// 0, or the error number.
  int open(const char* path);
  /// Null at the end and after a failure, which `error` then names.
  const dirent* next(int* error);

 private:
  DIR* stream_ = nullptr;
};

/// Sorts texts by bytes, and drops what stands there twice.
pf_list sorted(pf_list texts);

/// "cannot read the folder `path`: why".
pf_status cannot_read_folder(pf_call* call, const char* path, int error);

/// A name on disk is any bytes, a text is UTF-8: false after `call` was failed.
bool check_name(pf_call* call, const char* path);

}  // namespace pf_files
