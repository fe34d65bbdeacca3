/// The hash of a file of the machine.
#pragma once

#include <string>

namespace pflow::packages {

/// SHA-256 in hexadecimal digits; empty when the file cannot be read.
[[nodiscard]] std::string file_hash(const std::string& path);

}  // namespace pflow::packages
