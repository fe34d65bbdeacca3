/// Bytes added to the end of a file, which go again when they do not all fit. Not for
/// devices, which NewFile writes in place.
///
///   AppendedFile file;
///   int error = file.open(path);
///   if (!error) error = file.write(data, len);
///   if (!error) error = file.finish();  // error numbers: pf_files::reason
#pragma once

#include <stddef.h>

#include "target.h"

namespace pf_files {

class AppendedFile {
 public:
  AppendedFile() = default;
  AppendedFile(const AppendedFile&) = delete;
  AppendedFile& operator=(const AppendedFile&) = delete;
  /// Takes back what was written unless `finish` came.
  ~AppendedFile();

  /// Makes what folders are missing and opens the file; 0, or the error number.
  int open(const char* path);
  /// Whether bytes that are added begin a line: the file is empty, ends with a newline or
  /// cannot be read.
  [[nodiscard]] bool begins_line() const;
  /// Adds bytes, in one write when they fit; 0, or the error number.
  int write(const char* data, size_t len);
  int finish();

 private:
  int open_target();
  void take_back();

  Target target_;
  ParentFolders folders_;
  int fd_ = -1;
  size_t written_ = 0;
};

}  // namespace pf_files
