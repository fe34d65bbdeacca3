/// What a command of pflowc is: a name, what help says of it, its options, and what it does.
#pragma once

#include <string_view>
#include <vector>

#include "tools/driver/driver_env.h"
#include "tools/driver/option_row.h"

namespace pflow {

struct Command {
  std::string_view name;     ///< empty: that of a command line without one
  std::string_view summary;  ///< what it does, without a full stop
  std::string_view usage;    ///< lines, each what may stand on a command line
  std::string_view example;  ///< the same, of one that works
  std::vector<OptionRows> (*options)();
  /// The exit code. Options that the rows refuse, and `--help`, never come here.
  int (*run)(const Options& options, DriverEnv& env);
  /// Above 0: what stands behind so many words that are no options is passed on.
  size_t own_words = 0;
};

}  // namespace pflow
