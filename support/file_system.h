/// What the compiler asks of a file system. Passed in, so that tests and fuzzers compile whole
/// programs out of memory.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "support/result.h"

namespace pflow {

enum class FileKind : uint8_t { None, File, Folder, Other };

class FileSystem {
 public:
  virtual ~FileSystem() = default;

  [[nodiscard]] virtual Result<std::string> read(const std::string& path) = 0;
  /// The file appears only when whole: written beside, then renamed. What is no
  /// regular file (a device, a pipe) is written to.
  [[nodiscard]] virtual Result<Done> write(const std::string& path, std::string_view bytes) = 0;
  /// What the path names, behind links; None when nothing is there.
  [[nodiscard]] virtual FileKind kind(const std::string& path) = 0;
  /// One name for one file, however it is spelled.
  [[nodiscard]] virtual std::string identity(const std::string& path) = 0;
  /// The names in a folder; none when it cannot be read.
  [[nodiscard]] virtual std::vector<std::string> names_in(const std::string& folder) = 0;

  [[nodiscard]] bool exists(const std::string& path) { return kind(path) != FileKind::None; }
};

}  // namespace pflow
