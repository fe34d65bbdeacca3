/// What a failed download has left beside its file, and whose beginning it is.
#pragma once

#include <limits.h>
#include <sys/types.h>

#include <string>
#include <string_view>

namespace pf_net {

/// One path's. The tag lies beside the part: the address (hashed, it may be secret) and the
/// ETag of the whole.
class KeptPart {
 public:
  /// Looks for what an earlier download of `url` to `path` has left.
  KeptPart(const char* path, std::string_view url);

  [[nodiscard]] const std::string& etag() const { return etag_; }  ///< empty: nothing was left
  [[nodiscard]] off_t size() const { return size_; }

  /// Says whose beginning the part is from now on; 0, or the error number.
  int set_tag(std::string_view etag);
  /// Once the file stands in its place.
  void remove_tag();
  /// What was left is of no use.
  void remove();

 private:
  char part_[PATH_MAX];
  std::string tag_;      ///< its path
  std::string address_;  ///< hashed
  std::string etag_;
  off_t size_ = 0;
};

}  // namespace pf_net
