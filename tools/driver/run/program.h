/// A program that is to be started, and the start of what was compiled of it before.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "tools/driver/driver_env.h"
#include "tools/driver/run/store.h"

namespace pflow::run {

struct Program {
  std::string name;                 ///< a file, `-` or `-e`: the program's own name for itself
  std::string text;                 ///< as it will be compiled
  std::vector<std::string> own;     ///< the arguments of pflowc, as they were written
  std::vector<std::string> passed;  ///< those of the program

  /// Its name and its arguments.
  [[nodiscard]] std::vector<std::string> words() const;
  /// The end of a path, as a name for files: `review` of `flows/review.pf`.
  [[nodiscard]] std::string stem() const;
  /// What `--with` calls the part that serves its flows as its arguments ask for; empty: they do
  /// not.
  [[nodiscard]] std::string_view served_part() const;
};

/// Where compiled programs are kept.
[[nodiscard]] std::string store_path(const DriverEnv& env);

/// The name of the program in the store: its stem, then what its text, how it is compiled and
/// the compiler amount to.
[[nodiscard]] std::string entry_name(const Program& program, const DriverEnv& env);

/// Becomes the stored executable when all that was read for it is the same still. Returns when
/// there is none.
void start_stored(const Store& store, const std::string& entry, const Program& program,
                  DriverEnv& env);

/// For a start before anything else of the compiler is set up: becomes the stored executable of
/// the file that `arguments`, those behind `run`, name. Returns when there is none.
void start_early(std::span<const std::string> arguments, DriverEnv& env);

}  // namespace pflow::run
