/// What was built of a package for one target, in `lib/TRIPLE` of its folder: the archive of its
/// nodes, and a record of what that was built for.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "frontend/packages/places.h"
#include "support/diagnostics.h"

namespace pflow::packages {

struct BuildRecord {
  int64_t abi = 0;
  std::string interface;  ///< a hash of what its nodes look like in C
  std::string archive;    ///< a hash of the archive
};

/// `lib/TRIPLE/libNAME.a` in the package's folder.
[[nodiscard]] std::string archive_path(const PackageFolder& package, std::string_view triple);
/// `lib/TRIPLE/built.toml`.
[[nodiscard]] std::string record_path(const PackageFolder& package, std::string_view triple);

[[nodiscard]] std::string record_text(const BuildRecord& record);
/// Nothing when the text is no such record.
[[nodiscard]] std::optional<BuildRecord> read_record(std::string_view text);

}  // namespace pflow::packages
