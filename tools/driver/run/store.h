/// Executables that were compiled before: files of a folder that is its user's alone. Each ends
/// with the record of what was read for it.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "tools/driver/descriptor.h"

namespace pflow::run {

/// What lies in the folder.
struct StoredPrograms {
  std::string path;
  int64_t count = 0;
  int64_t bytes = 0;
};

class Store {
 public:
  /// A folder that cannot be used is empty: nothing is found in it, nothing kept. That is also
  /// one that another user owns or may write to.
  explicit Store(std::string path);

  /// The executable of this name, to be started; invalid when there is none that is its user's
  /// alone. `record` is what it was kept with.
  [[nodiscard]] Descriptor find(const std::string& name, std::string& record) const;
  /// Makes the folder where it is missing, and keeps a copy of an executable there, in place of
  /// what has its name; then removes what was not used for longest until no more than `most`
  /// bytes are left. False: it is not kept.
  [[nodiscard]] bool keep(const std::string& name, int executable, std::string_view record,
                          int64_t most);
  [[nodiscard]] int folder() const { return folder_.get(); }

  [[nodiscard]] StoredPrograms content() const;
  /// Removes those that were not used for so many nanoseconds, negative: all. Returns how many.
  int64_t remove(int64_t unused_for) const;

 private:
  std::string path_;
  Descriptor folder_;
};

}  // namespace pflow::run
