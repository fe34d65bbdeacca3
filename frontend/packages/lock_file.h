/// `pflow.lock` beside a program: which package of each name it was made with.
#pragma once

#include <map>
#include <string>
#include <string_view>

#include "support/diagnostics.h"

namespace pflow::packages {

inline constexpr std::string_view kLockName = "pflow.lock";

struct Lock {
  std::string version;
  std::string hash;  ///< of the package's files
};
using Locks = std::map<std::string, Lock, std::less<>>;  ///< by name

[[nodiscard]] std::string lock_text(const Locks& locks);
/// What the file's text says; an error in `diagnostics` when it is no such file.
[[nodiscard]] Locks read_locks(FileId file, const SourceMap& sources, Diagnostics& diagnostics);

}  // namespace pflow::packages
