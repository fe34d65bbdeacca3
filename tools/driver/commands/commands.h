/// The commands of pflowc. A new one is a file beside this with its `Command`, and its row here
/// and in the table of commands.cpp.
#pragma once

#include <span>
#include <string_view>
#include <vector>

#include "tools/driver/commands/command.h"

namespace pflow {

extern const Command kCompileCommand;  ///< that of a command line which names none
extern const Command kCacheCommand;
extern const Command kCheckCommand;
extern const Command kExplainCommand;
extern const Command kFixCommand;
extern const Command kFmtCommand;
extern const Command kHelpCommand;
extern const Command kCompletionsCommand;
extern const Command kLspCommand;
extern const Command kNewCommand;
extern const Command kMcpCommand;
extern const Command kOpenapiCommand;
extern const Command kNodesCommand;
extern const Command kPackagesCommand;
extern const Command kPlanCommand;
extern const Command kPlayCommand;
extern const Command kPrimerCommand;
extern const Command kRunCommand;
extern const Command kTestCommand;
extern const Command kWatchCommand;
extern const Command kKeysCommand;
extern const Command kAliasesCommand;
extern const Command kFragmentsCommand;
extern const Command kModelsCommand;
extern const Command kLogsCommand;
extern const Command kRunsCommand;
extern const Command kLlmCommand;
extern const Command kChatCommand;

/// Those with a name, as help lists them.
[[nodiscard]] std::span<const Command* const> commands();
/// Null when none has this name.
[[nodiscard]] const Command* find_command(std::string_view name);
[[nodiscard]] std::vector<std::string_view> command_names();

}  // namespace pflow
