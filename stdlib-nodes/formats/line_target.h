/// A file that is written line by line through a large buffer: a new one that takes its
/// place when it is whole, or lines added to the end, which go again when one fails.
#pragma once

#include "pflow/node.hpp"
#include "stdlib-nodes/files/appended_file.h"
#include "stdlib-nodes/files/new_file.h"
#include "stdlib-nodes/files/path_text.h"

namespace pf_formats {

class LineTarget {
 public:
  LineTarget() = default;
  LineTarget(const LineTarget&) = delete;
  LineTarget& operator=(const LineTarget&) = delete;
  ~LineTarget();

  /// What follows returns false after `call` was failed.
  bool open(pf_call* call, const pf_str& path, bool append);
  /// Adds whole lines, their ends included. What is written ends with a line, so that
  /// those of programs that append at once stay whole.
  bool add(pf_call* call, std::string_view lines);
  /// Adds one line and its end.
  bool add_line(pf_call* call, std::string_view line);
  bool finish(pf_call* call);

 private:
  static constexpr size_t kBuffer = size_t{256} * 1024;

  bool put(pf_call* call, std::string_view bytes);
  bool make_room(pf_call* call, size_t bytes);
  void copy(std::string_view bytes);
  bool check(pf_call* call, int error);

  pf_files::PathText path_;
  pf_files::NewFile fresh_;
  pf_files::AppendedFile appended_;
  bool append_ = false;
  bool behind_unfinished_ = false;  ///< line, which the first one must not go on with
  char* buffer_ = nullptr;
  size_t len_ = 0;
};

}  // namespace pf_formats
