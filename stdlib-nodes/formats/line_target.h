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
  bool add(pf_call* call, std::string_view bytes);
  bool finish(pf_call* call);

 private:
  static constexpr size_t kBuffer = size_t{256} * 1024;

  bool put(pf_call* call, std::string_view bytes);
  bool check(pf_call* call, int error);

  pf_files::PathText path_;
  pf_files::NewFile fresh_;
  pf_files::AppendedFile appended_;
  bool append_ = false;
  char* buffer_ = nullptr;
  size_t len_ = 0;
};

}  // namespace pf_formats
