/// Where a command line ends that belongs to a command which passes the rest on.
#pragma once

#include <cstddef>
#include <span>
#include <string>

#include "tools/driver/commands/command.h"

namespace pflow {

struct OwnArguments {
  size_t count = 0;       ///< the first so many words are the command's own
  bool has_word = false;  ///< the last of them is no option: what the rest is passed on to
};

/// `arguments` stand behind the name of the command. Options that it does not know count as
/// flags: they are refused when the own arguments are read.
[[nodiscard]] OwnArguments own_arguments(const Command& command,
                                         std::span<const std::string> arguments);

}  // namespace pflow
