/// The file system of the machine.
#pragma once

#include "tools/driver/driver_env.h"

namespace pflow {

class RealFiles final : public FileSystem {
 public:
  [[nodiscard]] Result<std::string> read(const std::string& path) override;
  [[nodiscard]] Result<Done> write(const std::string& path, std::string_view bytes) override;
  [[nodiscard]] FileKind kind(const std::string& path) override;
  [[nodiscard]] std::string identity(const std::string& path) override;
  [[nodiscard]] std::vector<std::string> names_in(const std::string& folder) override;
};

/// Opens /dev/null for each standard descriptor that is closed, so that no file takes its
/// number.
void open_standard_descriptors();
/// All that can be read from an open descriptor.
[[nodiscard]] Result<std::string> read_descriptor(int descriptor);
/// Writes all of it.
[[nodiscard]] Result<Done> write_descriptor(int descriptor, std::string_view bytes);

/// The environment of a process: its streams and variables. `files` must outlive it.
[[nodiscard]] DriverEnv process_env(FileSystem& files);

}  // namespace pflow
